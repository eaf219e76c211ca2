// WhatsApp's servers for encrypted files. Which ones, and with what permission, the socket is told.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import type { Agent } from "node:https";
import { pipeline } from "node:stream/promises";
import type { FileKind } from "#shared/contracts/message-limits.ts";
import { DEFAULT_ORIGIN, MEDIA_PATH_MAP } from "./baileys.ts";
import type { BinaryNode, WASocket } from "./baileys.ts";

type Hosts = { names: string[]; auth: string; validUntil: number };

export type MediaHost = {
  /** Uploads an encrypted file, whose hash names it. */
  upload(kind: FileKind, path: string, hash: Buffer): Promise<{ url: string; directPath: string }>;
  /** Opens what is at a path; never at a host that a message names. */
  open(directPath: string): Promise<IncomingMessage>;
};

/** The host answered, and not with the file. */
export class MediaHostError extends Error {
  override name = "MediaHostError";
  status: number;

  constructor(status: number) {
    super(`the media host answered HTTP ${status}`);
    this.status = status;
  }
}

const silenceMs = 30_000;

/** @param agent the way there, when the session has one of its own */
export function createMediaHost(
  socket: Pick<WASocket, "query">,
  agent: Agent | undefined,
  now: () => number = Date.now,
): MediaHost {
  const send = (url: string, file?: FileToSend) => ask(url, agent, file);

  let hosts: Promise<Hosts> | undefined;

  async function findHosts(): Promise<Hosts> {
    const answer = (await socket.query({
      tag: "iq",
      attrs: { type: "set", xmlns: "w:m", to: "s.whatsapp.net" },
      content: [{ tag: "media_conn", attrs: {} }],
    })) as BinaryNode | undefined;
    const connection = childrenOf(answer).find(({ tag }) => tag === "media_conn");
    const names = childrenOf(connection).flatMap(({ attrs }) => attrs["hostname"] ?? []);
    if (!connection || names.length === 0) throw new Error("WhatsApp named no media host");
    const { auth = "", ttl = "0" } = connection.attrs;
    return { names, auth, validUntil: now() + Number(ttl) * 1_000 };
  }

  async function currentHosts(): Promise<Hosts> {
    const known = await hosts?.catch(() => undefined);
    if (known && known.validUntil > now()) return known;
    hosts = findHosts();
    return hosts;
  }

  async function onEachHost<Result>(work: (host: string, auth: string) => Promise<Result>) {
    const { names, auth } = await currentHosts();
    let last: unknown;
    for (const name of names) {
      try {
        return await work(name, auth);
      } catch (error) {
        last = error;
        // Gone is gone everywhere.
        if (error instanceof MediaHostError && [404, 410].includes(error.status)) break;
      }
    }
    // The permission may have ended before its time.
    hosts = undefined;
    throw last;
  }

  return {
    async upload(kind, path, hash) {
      const { size } = await stat(path);
      const name = hash.toString("base64url");
      return onEachHost(async (host, auth) => {
        const query = new URLSearchParams({ auth, token: name });
        const url = `https://${host}${MEDIA_PATH_MAP[kind]}/${name}?${query.toString()}`;
        const answer = await send(url, { path, size });
        const { url: kept, direct_path: directPath } = JSON.parse(await textOf(answer)) as {
          url?: string;
          direct_path?: string;
        };
        if (!directPath) throw new Error("the media host did not say where the file is");
        return { url: kept ?? `https://${host}${directPath}`, directPath };
      });
    },
    async open(directPath) {
      // Whoever sent the message made it up: it must not reach into the host's part of the URL.
      if (!directPath.startsWith("/")) throw new MediaHostError(404);
      return onEachHost((host) => send(`https://${host}${directPath}`));
    },
  };
}

type FileToSend = { path: string; size: number };

async function ask(
  url: string,
  agent: Agent | undefined,
  file?: FileToSend,
): Promise<IncomingMessage> {
  const asked = request(url, {
    agent,
    method: file ? "POST" : "GET",
    headers: {
      origin: DEFAULT_ORIGIN,
      ...(file && { "content-type": "application/octet-stream", "content-length": file.size }),
    },
  });
  asked.setTimeout(silenceMs, () => asked.destroy(new Error("the media host fell silent")));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once("response", resolve).once("error", reject);
  });
  // An early refusal breaks the upload off; what counts is the answer.
  if (file) void pipeline(createReadStream(file.path), asked).catch(() => undefined);
  else asked.end();
  const answer = await answered;
  const { statusCode = 0 } = answer;
  if (statusCode >= 200 && statusCode < 300) return answer;
  answer.destroy();
  throw new MediaHostError(statusCode);
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of answer.setEncoding("utf8") as AsyncIterable<string>) {
    text += chunk;
    if (text.length > 65_536) break;
  }
  return text;
}

function childrenOf(node: BinaryNode | undefined): BinaryNode[] {
  return Array.isArray(node?.content) ? node.content : [];
}
