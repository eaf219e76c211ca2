import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { FileKind } from "../content/message-content.ts";
import { fileOf } from "../content/read-content.ts";
import { toFile, type FileOptions } from "../content/write-content.ts";
import { decryptMedia, encryptMedia, type MediaKind } from "../media/media-crypto.ts";
import type { PhoneState } from "./phone-state.ts";

const keysFor = (kind: FileKind): MediaKind => (kind === "voice" ? "audio" : kind);

/** Encrypts a file, puts it on the media host, and gives what its readers need. */
export const uploadFile = (
  { world }: PhoneState,
  file: Uint8Array,
  kind: MediaKind,
): { secrets: ReturnType<typeof encryptMedia>["secrets"]; url: string; directPath: string } => {
  const { blob, secrets } = encryptMedia(file, kind, world.random(32));
  const directPath = world.media.put(blob);
  return { secrets, url: `https://${world.mediaHost.name}${directPath}`, directPath };
};

/** The message that carries a file, uploaded. */
export const fileMessage = (
  phone: PhoneState,
  kind: FileKind,
  file: Uint8Array,
  options: FileOptions,
): proto.IMessage => {
  const { secrets, ...link } = uploadFile(phone, file, keysFor(kind));
  return toFile(kind, secrets, link, options, Math.floor(phone.world.now() / 1000));
};

/** Fetches and decrypts the file of a message, checking its hashes and MAC as phones do. */
export const downloadFile = ({ world }: PhoneState, message: proto.IMessage): Buffer => {
  const carried = fileOf(message);
  if (!carried) throw new Error("this message carries no file");
  const blob = world.media.get(carried.file.directPath ?? "");
  if (blob === "expired")
    throw new Error("the link to this file has expired: its sender's phone must upload it again");
  if (blob === "unknown") throw new Error("the media host has no such file");
  return decryptMedia(blob, keysFor(carried.kind), carried.file);
};
