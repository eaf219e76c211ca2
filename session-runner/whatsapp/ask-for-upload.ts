// A file that WhatsApp does not have any more is uploaded again by the account's own phone, if it is on.
import type { EventEmitter } from "node:events";
import {
  decodeMediaRetryNode,
  decryptMediaRetryData,
  encryptMediaRetryRequest,
} from "./baileys.ts";
import { proto } from "./baileys.ts";
import type { BinaryNode, WASocket } from "./baileys.ts";
import type { KeptDownload } from "./kept-records.ts";

const patienceMs = 60_000;
const { SUCCESS } = proto.MediaRetryNotification.ResultType;

/** Where the file is now; undefined when the phone has it no more, or does not answer. */
export async function askForUpload(
  socket: WASocket,
  { key, mediaKey }: Pick<KeptDownload, "key" | "mediaKey">,
): Promise<string | undefined> {
  const emitter = socket.ws as unknown as EventEmitter;
  const secret = Buffer.from(mediaKey, "base64");
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const event = "CB:notification,type:mediaretry";
  const listen = (node: BinaryNode) => {
    if (node.attrs["id"] === key.id) resolve(readAnswer(node, secret));
  };
  const timer = setTimeout(() => resolve(undefined), patienceMs);
  emitter.on(event, listen);
  try {
    await socket.sendNode(encryptMediaRetryRequest(key, secret, socket.user?.id ?? ""));
    return await promise;
  } finally {
    clearTimeout(timer);
    emitter.off(event, listen);
  }
}

function readAnswer(node: BinaryNode, secret: Buffer): string | undefined {
  try {
    const { media, key } = decodeMediaRetryNode(node);
    if (!media) return undefined;
    const { result, directPath } = decryptMediaRetryData(media, secret, key.id ?? "");
    return result === SUCCESS ? (directPath ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}
