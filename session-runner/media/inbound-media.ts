// Received files on their way into the store, in the background. What is to be fetched is in the journal,
// so that the next owner goes on where this one ended.
import { setTimeout as sleep } from "node:timers/promises";
import type { MediaReason } from "#shared/contracts/media.ts";
import { fileLimits } from "#shared/contracts/message-limits.ts";
import type { EventStream } from "../events/event-stream.ts";
import type { Journal } from "../journal/journal.ts";
import { DamagedFileError, decryptFile } from "../whatsapp/decrypt-file.ts";
import type { FileServer } from "../whatsapp/engine.ts";
import { keptDownloads } from "../whatsapp/kept-records.ts";
import type { KeptDownload } from "../whatsapp/kept-records.ts";
import { MediaHostError } from "../whatsapp/media-host.ts";
import { MediaError } from "./media-error.ts";
import type { MediaStore } from "./media-store.ts";
import { withTempFile } from "./temp-file.ts";

export type InboundMediaDeps = {
  accountId: string;
  journal: Journal;
  stream: EventStream;
  store: MediaStore;
  inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  onTrouble: (mediaId: string, error: unknown) => void;
};

export type InboundMedia = {
  /** Fetches what is still to be fetched, over this connection. */
  open(server: FileServer): void;
  close(): void;
  /** Something new may be there to fetch. */
  look(): void;
};

type Outcome = { size: number } | { reason: MediaReason };

/** Pauses before the next try, in milliseconds; then it waits for another connection. */
const pausesMs = [1_000, 5_000, 30_000];

/** WhatsApp's answers when a file is there no more. */
const goneCodes = [403, 404, 410];

export function createInboundMedia(deps: InboundMediaDeps): InboundMedia {
  const { accountId, journal, stream, store, inTurn } = deps;
  const downloads = keptDownloads(journal);
  const running = new Set<string>();
  let server: FileServer | undefined;

  function look(): void {
    const over = server;
    if (!over) return;
    for (const mediaId of downloads.ids()) {
      if (running.has(mediaId)) continue;
      running.add(mediaId);
      run(mediaId, over)
        .catch((error: unknown) => deps.onTrouble(mediaId, error))
        .finally(() => running.delete(mediaId));
    }
  }

  async function run(mediaId: string, over: FileServer): Promise<void> {
    for (const pauseMs of [...pausesMs, undefined]) {
      const download = downloads.find(mediaId);
      if (!download || server !== over) return;
      try {
        const outcome = await inTurn(() => attempt(mediaId, download, over));
        // Whoever has the session now fetches it again.
        if (server === over) await conclude(mediaId, download, outcome);
        return;
      } catch (error) {
        if (pauseMs === undefined) throw error;
        await sleep(pauseMs, undefined, { ref: false });
      }
    }
  }

  async function attempt(
    mediaId: string,
    download: KeptDownload,
    over: FileServer,
  ): Promise<Outcome> {
    try {
      return { size: await fetchFile(mediaId, download, over) };
    } catch (error) {
      if (error instanceof MediaError) return { reason: error.reason };
      throw error;
    }
  }

  /** Gives the size of the file that is in the store now. */
  async function fetchFile(
    mediaId: string,
    download: KeptDownload,
    over: FileServer,
  ): Promise<number> {
    return withTempFile(async (path) => {
      const size = await read(download, over, path);
      const { mimetype, fileName } = download;
      const sha256 = Buffer.from(download.fileSha256, "base64").toString("hex");
      await store.put(accountId, mediaId, { path, size, mimetype, sha256, fileName });
      return size;
    });
  }

  async function conclude(
    mediaId: string,
    { messageId, type }: KeptDownload,
    outcome: Outcome,
  ): Promise<void> {
    const base = { messageId, mediaId, type };
    const data =
      "size" in outcome
        ? { ...base, status: "ready" as const, reason: null, size: outcome.size }
        : { ...base, status: "failed" as const, reason: outcome.reason, size: null };
    await stream.publish({ type: "message.media", data });
    journal.stage(downloads.dropping(mediaId), { when: "soon" });
  }

  return {
    open(over) {
      server = over;
      look();
    },
    close() {
      server = undefined;
    },
    look,
  };
}

/** @throws {MediaError} when it is clear that the file cannot be had */
async function read(download: KeptDownload, over: FileServer, path: string): Promise<number> {
  try {
    return await readFrom(download.directPath, download, over, path);
  } catch (error) {
    if (!(error instanceof MediaHostError) || !goneCodes.includes(error.status)) throw error;
  }
  const directPath = await over.askForUpload(download);
  if (directPath === undefined) {
    throw new MediaError("media_expired", "WhatsApp has the file no more, nor has the phone.");
  }
  return readFrom(directPath, download, over, path);
}

async function readFrom(
  directPath: string,
  download: KeptDownload,
  over: FileServer,
  path: string,
): Promise<number> {
  const { maxBytes } = fileLimits.document;
  const answer = await over.openFile(directPath);
  try {
    if (Number(answer.headers["content-length"] ?? 0) > maxBytes + 64) {
      throw new MediaError("media_too_large", "The file is larger than WhatsApp allows.");
    }
    const expected = {
      mediaKey: Buffer.from(download.mediaKey, "base64"),
      fileSha256: Buffer.from(download.fileSha256, "base64"),
      fileEncSha256: Buffer.from(download.fileEncSha256, "base64"),
    };
    return await decryptFile(answer, download.type, expected, path);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    throw new MediaError("media_damaged", error.message);
  } finally {
    answer.destroy();
  }
}
