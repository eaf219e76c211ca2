// What a decrypted message says. The switch over WhatsApp's kinds is here and nowhere else.
import { receivedContentSchema } from "#shared/contracts/message-content.ts";
import { maxQuoteLength } from "#shared/contracts/message-limits.ts";
import type { ReceivedContent } from "#shared/contracts/message-content.ts";
import { toDegrees } from "#shared/degrees.ts";
import { proto, unpadRandomMax16 } from "./baileys.ts";
import { cutToSize } from "./cut-to-size.ts";
import { fileFrom } from "./file-from-whatsapp.ts";
import type { WhatsappFile } from "./file-from-whatsapp.ts";

/** Which message another one is about, as its sender sees it. */
export type TargetKey = { id: string; fromMe: boolean; participant: string | undefined };

export type Said =
  | {
      kind: "message";
      content: ReceivedContent;
      file?: WhatsappFile | undefined;
      quoted?: { id: string; participant: string; type: string; text: string } | undefined;
      secret?: Uint8Array | undefined;
    }
  | { kind: "edited"; target: TargetKey; body: string }
  | { kind: "deleted"; target: TargetKey }
  | { kind: "reaction"; target: TargetKey; emoji: string }
  | { kind: "vote"; target: TargetKey; vote: proto.Message.IPollEncValue };

/** Members that carry no content of their own. */
const envelopes = new Set(["messageContextInfo", "senderKeyDistributionMessage"]);

/** Signals between devices, never something that a person said. */
const silent = new Set([
  "protocolMessage",
  "keepInChatMessage",
  "placeholderMessage",
  "albumMessage",
]);

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;

/** Of one emoji, however many code points it is made of. */
const mostEmoji = 64;

/** WhatsApp's own apps stop at 65,536 characters. */
const usualBytes = 64 * 1024;
/** With all that is around it, it has to fit into one item and one message of a queue. */
const mostBytes = 240 * 1024;

/** Undefined when it says nothing to a person. */
export function fromWhatsapp(plaintext: Uint8Array): Said | undefined {
  const said = read(plaintext);
  return said && plaintext.length > usualBytes ? cutToSize(said, mostBytes) : said;
}

function read(plaintext: Uint8Array): Said | undefined {
  const outer = proto.Message.decode(unpadRandomMax16(plaintext));
  const message = unwrap(outer.deviceSentMessage?.message ?? outer);
  const secret = (outer.messageContextInfo ?? message.messageContextInfo)?.messageSecret;
  const body = bodyOf(message);
  if (body?.kind !== "message") return body;
  // Whoever wrote it may have written anything: what is none of our contents would stop all events.
  if (!receivedContentSchema.safeParse(body.content).success) return unsupported(message);
  const context = contextOf(message);
  return {
    ...body,
    content: {
      ...body.content,
      ...(context?.mentionedJid?.length && { mentions: context.mentionedJid }),
      ...(context?.isForwarded && { forwarded: true }),
    },
    quoted: context?.stanzaId ? quotedOf(context, context.stanzaId) : undefined,
    secret: secret ?? undefined,
  };
}

/** Where a message from the account's own phone went; undefined for one from somebody else. */
export function sentTo(plaintext: Uint8Array): string | undefined {
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  return message.deviceSentMessage?.destinationJid ?? undefined;
}

function bodyOf(message: proto.IMessage): Said | undefined {
  if (message.protocolMessage) return fromProtocol(message.protocolMessage);
  if (message.reactionMessage) {
    const { key, text } = message.reactionMessage;
    return { kind: "reaction", target: toTarget(key), emoji: emojiOf(text ?? "") };
  }
  if (message.pollUpdateMessage) {
    const { pollCreationMessageKey: key, vote } = message.pollUpdateMessage;
    return vote ? { kind: "vote", target: toTarget(key), vote } : undefined;
  }
  const found = fileFrom(message);
  if (found) return { kind: "message", ...found };
  const content = contentOf(message);
  return content && { kind: "message", content };
}

function fromProtocol(change: proto.Message.IProtocolMessage): Said | undefined {
  const target = toTarget(change.key);
  if (change.type === REVOKE) return { kind: "deleted", target };
  if (change.type !== MESSAGE_EDIT || !change.editedMessage) return undefined;
  return { kind: "edited", target, body: readableOf(unwrap(change.editedMessage)) };
}

function contentOf(message: proto.IMessage): ReceivedContent | undefined {
  const text = message.conversation ?? message.extendedTextMessage?.text;
  if (text) return { type: "text", text: { body: text, ...previewOf(message) } };
  const place = message.locationMessage ?? message.liveLocationMessage;
  if (place) return fromPlace(place, Boolean(message.liveLocationMessage));
  const cards = message.contactMessage
    ? [message.contactMessage]
    : message.contactsArrayMessage?.contacts;
  if (cards) {
    const contacts = cards.map(({ displayName, vcard }) => ({
      name: displayName ?? "",
      vcard: vcard ?? "",
    }));
    return { type: "contact", contact: { contacts } };
  }
  const poll = pollOf(message);
  if (poll) return fromPoll(poll);
  const kind = kindOf(message);
  if (kind === undefined || silent.has(kind)) return undefined;
  return { type: "unsupported", unsupported: { whatsappType: kind } };
}

/** WhatsApp's name: a decoded message has as own members just what was on the wire. */
function kindOf(message: proto.IMessage): string | undefined {
  return Object.keys(message).find((name) => !envelopes.has(name));
}

function unsupported(message: proto.IMessage): Said {
  const whatsappType = kindOf(message) ?? "";
  return { kind: "message", content: { type: "unsupported", unsupported: { whatsappType } } };
}

function emojiOf(text: string): string {
  return text.slice(0, mostEmoji).toWellFormed();
}

function previewOf({ extendedTextMessage }: proto.IMessage) {
  const { matchedText: url, title, description } = extendedTextMessage ?? {};
  if (!url || !title) return {};
  return { preview: { url, title, ...(description && { description }) } };
}

function fromPlace(place: proto.Message.ILocationMessage, live: boolean): ReceivedContent {
  const { degreesLatitude, degreesLongitude, name, address } = place;
  return {
    type: "location",
    location: {
      latitude: toDegrees(degreesLatitude ?? 0),
      longitude: toDegrees(degreesLongitude ?? 0),
      ...(name && { name }),
      ...(address && { address }),
      ...(live && { live }),
    },
  };
}

function fromPoll(poll: proto.Message.IPollCreationMessage): ReceivedContent {
  const options = (poll.options ?? []).map(({ optionName }) => optionName ?? "");
  const maxAnswers = poll.selectableOptionsCount || options.length;
  return { type: "poll", poll: { question: poll.name ?? "", options, maxAnswers } };
}

function pollOf(message: proto.IMessage): proto.Message.IPollCreationMessage | null | undefined {
  return (
    message.pollCreationMessage ?? message.pollCreationMessageV2 ?? message.pollCreationMessageV3
  );
}

/** Text, or what stands under a file. */
function readableOf(message: proto.IMessage): string {
  const text = message.conversation ?? message.extendedTextMessage?.text;
  const { imageMessage, videoMessage, documentMessage } = message;
  return (
    text ??
    (imageMessage ?? videoMessage ?? documentMessage)?.caption ??
    pollOf(message)?.name ??
    ""
  );
}

function quotedOf({ participant, quotedMessage }: proto.IContextInfo, id: string) {
  const message = unwrap(quotedMessage ?? {});
  const type = bodyOf(message);
  return {
    id,
    participant: participant ?? "",
    type: type?.kind === "message" ? type.content.type : "unsupported",
    text: readableOf(message).slice(0, maxQuoteLength).toWellFormed(),
  };
}

function toTarget(key: proto.IMessageKey | null | undefined): TargetKey {
  const { id, fromMe, participant } = key ?? {};
  return { id: id ?? "", fromMe: fromMe ?? false, participant: participant ?? undefined };
}

function contextOf(message: proto.IMessage): proto.IContextInfo | undefined {
  for (const body of Object.values(message) as unknown[]) {
    if (typeof body !== "object" || body === null || !("contextInfo" in body)) continue;
    return (body.contextInfo as proto.IContextInfo | null) ?? undefined;
  }
  return undefined;
}

/** The message within its wrappers: disappearing, view once, with caption, edited. */
function unwrap(message: proto.IMessage): proto.IMessage {
  const inner = (
    message.ephemeralMessage ??
    message.viewOnceMessage ??
    message.viewOnceMessageV2 ??
    message.viewOnceMessageV2Extension ??
    message.documentWithCaptionMessage ??
    message.editedMessage
  )?.message;
  return inner ? unwrap(inner) : message;
}
