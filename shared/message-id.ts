// An outgoing message has two names: ours (`msg_…`, sorted by time, the key of its item) and
// WhatsApp's (`3EB0` + 18 hex digits, what official clients send). Receipts carry only the second.
// WhatsApp's id is the first one's time and nonce under a small keyed permutation, so either name
// is computed from the other without an index, and on the wire the id looks random.
import { createHmac, randomInt } from "node:crypto";
import { derivedId } from "./ids.ts";

export type MessageIds = { messageId: string; whatsappId: string };

const epochStart = Date.UTC(2020, 0, 1);
const prefix = "3EB0";
const half = 36n;
const halfMask = (1n << half) - 1n;
const nonceLimit = 2 ** 24;

/** Ids of a new outgoing message. `nonce` (24 bits) tells apart messages of one millisecond. */
export function mintMessageIds(
  sessionId: string,
  now: number = Date.now(),
  nonce: number = randomInt(nonceLimit),
): MessageIds {
  const time = BigInt(now - epochStart);
  const body = (time << 24n) | BigInt(nonce % nonceLimit);
  const value = (body << 8n) | BigInt(checkByte(sessionId, body));
  const hex = permute(sessionId, value, [0, 1, 2, 3]).toString(16).padStart(18, "0").toUpperCase();
  return { messageId: idFrom(sessionId, now, body), whatsappId: prefix + hex };
}

/** Our id of the message that WhatsApp knows by this one; undefined when we did not mint it. */
export function messageIdOf(sessionId: string, whatsappId: string): string | undefined {
  if (!/^3EB0[0-9A-F]{18}$/.test(whatsappId)) return undefined;
  const value = permute(sessionId, BigInt(`0x${whatsappId.slice(4)}`), [3, 2, 1, 0], true);
  const body = value >> 8n;
  if (Number(value & 0xffn) !== checkByte(sessionId, body)) return undefined;
  const now = Number(body >> 24n) + epochStart;
  return idFrom(sessionId, now, body);
}

/** Our id of a message that we did not mint: received, or sent from the account's own phone. */
export function foreignMessageId(
  sessionId: string,
  message: { chat: string; sender: string; whatsappId: string; timestamp: number },
): string {
  const seed = [sessionId, message.chat, message.sender, message.whatsappId].join("\n");
  return derivedId("message", message.timestamp, seed);
}

function idFrom(sessionId: string, now: number, body: bigint): string {
  return derivedId("message", now, `${sessionId}\n${body}`);
}

function checkByte(sessionId: string, body: bigint): number {
  return createHmac("sha256", sessionId).update(`check ${body}`).digest().readUInt8(0);
}

/** A four-round Feistel network over 72 bits; the rounds in reverse order undo it. */
function permute(sessionId: string, value: bigint, rounds: number[], inverse = false): bigint {
  let left = value >> half;
  let right = value & halfMask;
  if (inverse) [left, right] = [right, left];
  for (const round of rounds) [left, right] = [right, left ^ scramble(sessionId, round, right)];
  return inverse ? (right << half) | left : (left << half) | right;
}

function scramble(sessionId: string, round: number, input: bigint): bigint {
  const digest = createHmac("sha256", sessionId).update(`${round} ${input}`).digest();
  return digest.readBigUInt64BE(0) & halfMask;
}
