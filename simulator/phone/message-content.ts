import { randomInt } from "node:crypto";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";

const longestPadding = 16;

/** WhatsApp pads plaintexts with up to 16 bytes that each tell how many there are. */
export const encodeMessage = (message: proto.IMessage): Buffer => {
  const length = randomInt(1, longestPadding + 1);
  return Buffer.concat([proto.Message.encode(message).finish(), Buffer.alloc(length, length)]);
};

export const decodeMessage = (plaintext: Uint8Array): proto.Message => {
  const padding = plaintext.at(-1) ?? 0;
  if (padding === 0 || padding > longestPadding || padding > plaintext.length)
    throw new Error("the decrypted message is not padded as it should be");
  return proto.Message.decode(plaintext.subarray(0, plaintext.length - padding));
};
