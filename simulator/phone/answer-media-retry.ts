// A companion that cannot download a file any more asks the own phone to upload it again.
import { createCipheriv, hkdfSync } from "node:crypto";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { fileOf } from "../content/read-content.ts";
import { deliver } from "../routing/deliver.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { phoneServer, toJid } from "../stanza/jid.ts";
import { child } from "../stanza/read-node.ts";
import { timestamp } from "../world.ts";
import { requireMessage } from "./known-message.ts";
import type { PhoneState } from "./phone-state.ts";

const results = proto.MediaRetryNotification.ResultType;

const sealAnswer = (
  phone: PhoneState,
  id: string,
  mediaKey: Uint8Array,
  answer: proto.IMediaRetryNotification,
): BinaryNode => {
  const key = hkdfSync("sha256", mediaKey, "", "WhatsApp Media Retry Notification", 32);
  const iv = phone.world.random(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key), iv);
  cipher.setAAD(Buffer.from(id));
  const plain = proto.MediaRetryNotification.encode(answer).finish();
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return {
    tag: "encrypt",
    attrs: {},
    content: [
      { tag: "enc_p", attrs: {}, content: sealed },
      { tag: "enc_iv", attrs: {}, content: iv },
    ],
  };
};

const findFile = (phone: PhoneState, id: string) => {
  try {
    return fileOf(requireMessage(phone, id).message)?.file;
  } catch {
    return undefined;
  }
};

const uploadAgain = (phone: PhoneState, id: string): BinaryNode => {
  const { media } = phone.world;
  const file = findFile(phone, id);
  const blob = file?.fileEncSha256 && media.find(file.fileEncSha256);
  if (!file?.mediaKey || !blob) return { tag: "error", attrs: { code: String(results.NOT_FOUND) } };
  const directPath = media.put(blob);
  return sealAnswer(phone, id, file.mediaKey, {
    stanzaId: id,
    directPath,
    result: results.SUCCESS,
  });
};

/** Uploads the file of a message again and tells the asking companion where. */
export const answerMediaRetry = (phone: PhoneState, receipt: BinaryNode): void => {
  const { world, account } = phone;
  const { id = "", from } = receipt.attrs;
  const asker = world.accounts.deviceOfJid(from);
  const about = child(receipt, "rmr");
  if (!asker || !about || asker.account !== account) return;
  deliver(world, asker, {
    tag: "notification",
    attrs: {
      id,
      from: toJid(account.number, phoneServer),
      type: "mediaretry",
      t: timestamp(world),
    },
    content: [about, uploadAgain(phone, id)],
  });
};
