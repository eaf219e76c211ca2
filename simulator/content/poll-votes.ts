// Votes are sealed with a secret that only those who have the poll know.
import { createCipheriv, createDecipheriv, createHash, createHmac } from "node:crypto";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";

/** Which vote: the poll, who asked, who answers. JIDs are without device. */
export type VoteContext = { pollId: string; creatorJid: string; voterJid: string };

const tagLength = 16;

const hmac = (key: Uint8Array, data: Uint8Array): Buffer =>
  createHmac("sha256", key).update(data).digest();

const deriveKey = (secret: Uint8Array, { pollId, creatorJid, voterJid }: VoteContext): Buffer => {
  const purpose = Buffer.from(`${pollId}${creatorJid}${voterJid}Poll Vote\u0001`);
  return hmac(hmac(Buffer.alloc(32), secret), purpose);
};

const boundTo = ({ pollId, voterJid }: VoteContext): Buffer =>
  Buffer.from(`${pollId}\u0000${voterJid}`);

export const hashOption = (option: string): Buffer => createHash("sha256").update(option).digest();

export const sealVote = (
  options: string[],
  secret: Uint8Array,
  context: VoteContext,
  iv: Uint8Array,
): { encPayload: Buffer; encIv: Uint8Array } => {
  const vote = proto.Message.PollVoteMessage.encode({ selectedOptions: options.map(hashOption) });
  const cipher = createCipheriv("aes-256-gcm", deriveKey(secret, context), iv);
  cipher.setAAD(boundTo(context));
  const sealed = Buffer.concat([cipher.update(vote.finish()), cipher.final()]);
  return { encPayload: Buffer.concat([sealed, cipher.getAuthTag()]), encIv: iv };
};

/** The hashes of the chosen options; throws when the vote is for another poll or by another voter. */
export const openVote = (
  { encPayload, encIv }: proto.Message.IPollEncValue,
  secret: Uint8Array,
  context: VoteContext,
): Uint8Array[] => {
  if (!encPayload || !encIv) throw new Error("the vote is not encrypted");
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(secret, context), encIv);
  decipher.setAAD(boundTo(context));
  decipher.setAuthTag(encPayload.subarray(-tagLength));
  const opened = Buffer.concat([
    decipher.update(encPayload.subarray(0, -tagLength)),
    decipher.final(),
  ]);
  return proto.Message.PollVoteMessage.decode(opened).selectedOptions;
};
