// Small records of ours that live in the journal beside Signal's keys: durable with the step that made
// them, sealed, at hand in memory, and gone when the oldest of too many.
import type { Change } from "../journal/change.ts";
import type { Journal } from "../journal/journal.ts";

export type KeptRecords<Value> = {
  find(id: string): Value | undefined;
  ids(): string[];
  /** The change that keeps it, for whoever stages it with something else. */
  keeping(id: string, value: Value): Change;
  dropping(id: string): Change;
};

function keptRecords<Value>(
  journal: Journal,
  type: "poll" | "download" | "departed" | "told",
  limit: number,
): KeptRecords<Value> {
  const held = () => journal.fold.keys.get(type);
  return {
    find(id) {
      const text = held()?.get(id);
      return text === undefined ? undefined : (JSON.parse(text) as Value);
    },
    ids: () => [...(held() ?? [])].map(([id]) => id),
    keeping(id, value) {
      const values: Record<string, string | null> = { [id]: JSON.stringify(value) };
      const all = held();
      if (all && all.size >= limit) {
        const [[oldest] = []] = all;
        if (oldest !== undefined && oldest !== id) values[oldest] = null;
      }
      return { keys: { [type]: values } };
    },
    dropping: (id) => ({ keys: { [type]: { [id]: null } } }),
  };
}

/** What it takes to read a vote. */
export type KeptPoll = {
  options: string[];
  /** Base64; absent for polls of ours, whose secret is made from their id. */
  secret?: string;
};

const pollLimit = 200;

export function keptPolls(journal: Journal): KeptRecords<KeptPoll> {
  return keptRecords(journal, "poll", pollLimit);
}

/** More than a session has on the wire at a time. */
const departureLimit = 1_000;

/** Messages on the wire, by WhatsApp's id. */
export function keptDepartures(journal: Journal): KeptRecords<1> {
  return keptRecords(journal, "departed", departureLimit);
}

/** More than a session sends while an event is on its way to the stored message. */
const fateLimit = 300;

/** Messages whose fate was told of late, by WhatsApp's id. */
export function keptFates(journal: Journal): KeptRecords<1> {
  return keptRecords(journal, "told", fateLimit);
}

/** A received file that is not in the store yet. */
export type KeptDownload = {
  messageId: string;
  type: "image" | "video" | "audio" | "document" | "sticker";
  mimetype: string;
  fileName?: string | undefined;
  directPath: string;
  /** Base64, as the hashes. */
  mediaKey: string;
  fileSha256: string;
  fileEncSha256: string;
  /** How the phone knows the message, when it must upload the file again. */
  key: { id: string; remoteJid: string; fromMe: boolean; participant?: string };
};

const downloadLimit = 2_000;

export function keptDownloads(journal: Journal): KeptRecords<KeptDownload> {
  return keptRecords(journal, "download", downloadLimit);
}
