import type { ReceivedContent } from "#shared/contracts/message-content.ts";
import { proto, unpadRandomMax16 } from "./baileys.ts";

/** Members that carry no content of their own. */
const envelopes = new Set(["messageContextInfo", "senderKeyDistributionMessage"]);

/** Signals between devices, never something that a person said. */
const silent = new Set(["protocolMessage", "keepInChatMessage", "placeholderMessage"]);

/** What a decrypted message says; undefined when it says nothing to a person. */
export function fromWhatsapp(plaintext: Uint8Array): ReceivedContent | undefined {
  const outer = proto.Message.decode(unpadRandomMax16(plaintext));
  const message = outer.deviceSentMessage?.message ?? outer;
  if (message.conversation) return text(message.conversation);
  if (message.extendedTextMessage?.text) return text(message.extendedTextMessage.text);
  // A decoded message has as own members just what was on the wire.
  const kind = Object.keys(message).find((name) => !envelopes.has(name));
  if (kind === undefined || silent.has(kind)) return undefined;
  return { type: "unsupported", unsupported: { whatsappType: kind } };
}

/** Where a message from the account's own phone went; undefined for one from somebody else. */
export function sentTo(plaintext: Uint8Array): string | undefined {
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  return message.deviceSentMessage?.destinationJid ?? undefined;
}

function text(body: string): ReceivedContent {
  return { type: "text", text: { body } };
}
