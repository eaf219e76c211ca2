// A decrypted message becomes one event, and what must be kept for what comes after it.
import type { EventDraft } from "#shared/contracts/event.ts";
import { fileFacts, hasFile, withFile } from "#shared/contracts/message-content.ts";
import type { ReceivedContent } from "#shared/contracts/message-content.ts";
import { derivedId } from "#shared/ids.ts";
import { foreignMessageId } from "#shared/message-id.ts";
import type { Change } from "../journal/change.ts";
import type { BinaryNode } from "./baileys.ts";
import { envelopeOf } from "./envelope.ts";
import type { Envelope } from "./envelope.ts";
import { findTarget } from "./find-target.ts";
import type { Known } from "./find-target.ts";
import { fromWhatsapp, sentTo } from "./from-whatsapp.ts";
import type { Said } from "./from-whatsapp.ts";
import { keptDownloads, keptPolls } from "./kept-records.ts";
import { readVote } from "./read-vote.ts";

export type Interpretation = {
  draft: EventDraft;
  /** Our id of the message; undefined when it is about another one. */
  messageId?: string;
  /** Staged with the step. */
  keep?: Change;
};

/** Clients write up to twelve options of 100 characters: of others votes are not read. */
const mostPollLength = 16 * 1024;

type MessageSaid = Extract<Said, { kind: "message" }>;

/** Undefined when it says nothing to a person. */
export function interpret(
  known: Known,
  node: BinaryNode,
  plaintext: Uint8Array,
): Interpretation | undefined {
  const said = fromWhatsapp(plaintext);
  if (!said || !node.attrs["id"]) return undefined;
  const envelope = envelopeOf(node, known.ownUsers, sentTo(plaintext));
  return said.kind === "message"
    ? interpretMessage(known, node, envelope, said)
    : interpretAction(known, envelope, said);
}

/** The event of a message whose content is as given; for those that come without one, too. */
export function toReceived(
  sessionId: string,
  { id, chat, from, fromMe, pushName, timestamp }: Envelope,
  content: ReceivedContent,
): { messageId: string; draft: EventDraft } {
  const identity = { chat: chat.id, sender: from.id, whatsappId: id, timestamp };
  const messageId = foreignMessageId(sessionId, identity);
  const sentAt = new Date(timestamp).toISOString();
  const data = { messageId, whatsappId: id, chat, from, fromMe, pushName, sentAt, content };
  return { messageId, draft: { type: "message.received", data } };
}

function interpretMessage(
  known: Known,
  node: BinaryNode,
  envelope: Envelope,
  said: MessageSaid,
): Interpretation {
  const { sessionId, journal } = known;
  const mediaId = mediaIdOf(sessionId, envelope);
  const content = { ...contentWith(said, mediaId), ...replyOf(known, envelope, said) };
  const received = toReceived(sessionId, envelope, content);
  if (content.type === "poll" && said.secret) {
    const secret = Buffer.from(said.secret).toString("base64");
    const poll = { options: content.poll.options, secret };
    if (JSON.stringify(poll).length > mostPollLength) return received;
    return { ...received, keep: keptPolls(journal).keeping(envelope.id, poll) };
  }
  if (!said.file || !hasFile(content)) return received;
  const { participant } = node.attrs;
  const { mimetype = "", fileName } = fileFacts(content);
  const keep = keptDownloads(journal).keeping(mediaId, {
    ...said.file,
    messageId: received.messageId,
    type: content.type,
    mimetype,
    ...(fileName !== undefined && { fileName }),
    key: {
      id: envelope.id,
      remoteJid: envelope.chat.id,
      fromMe: envelope.fromMe,
      ...(participant !== undefined && { participant }),
    },
  });
  return { ...received, keep };
}

function contentWith({ content }: MessageSaid, mediaId: string): ReceivedContent {
  return hasFile(content) ? withFile(content, { mediaId, mediaStatus: "pending" }) : content;
}

function replyOf(known: Known, envelope: Envelope, { quoted }: MessageSaid) {
  if (!quoted) return {};
  const { id, participant, type, text } = quoted;
  const target = { id, fromMe: false, participant };
  const { messageId, sender } = findTarget(known, { ...envelope, shared: true }, target);
  return { replyTo: { messageId, whatsappId: id, sender, type, text } };
}

function interpretAction(
  known: Known,
  envelope: Envelope,
  said: Exclude<Said, MessageSaid>,
): Interpretation | undefined {
  const { chat, from, fromMe, timestamp } = envelope;
  const found = findTarget(known, envelope, said.target);
  const about = { messageId: found.messageId, whatsappId: said.target.id, chat, from, fromMe };
  const at = new Date(timestamp).toISOString();
  switch (said.kind) {
    case "edited":
      // Only its author may change a message.
      if (!said.target.fromMe) return undefined;
      return {
        draft: { type: "message.edited", data: { ...about, body: said.body, editedAt: at } },
      };
    case "deleted":
      // A group's admins may take away what others wrote.
      if (!said.target.fromMe && !envelope.shared) return undefined;
      return { draft: { type: "message.deleted", data: { ...about, deletedAt: at } } };
    case "reaction": {
      const emoji = said.emoji === "" ? null : said.emoji;
      return { draft: { type: "message.reaction", data: { ...about, emoji, reactedAt: at } } };
    }
    case "vote": {
      const poll = keptPolls(known.journal).find(said.target.id);
      const secret = poll?.secret
        ? Buffer.from(poll.secret, "base64")
        : known.secretOf(said.target.id);
      const voters = fromMe ? known.ownJids : found.addressesOf(from);
      const context = { pollId: said.target.id, secret, creators: found.authors, voters };
      const options = poll && readVote(said.vote, { ...context, options: poll.options });
      return {
        draft: { type: "poll.vote", data: { ...about, options: options ?? null, votedAt: at } },
      };
    }
  }
}

function mediaIdOf(sessionId: string, { id, chat, from, timestamp }: Envelope): string {
  return derivedId("media", timestamp, [sessionId, chat.id, from.id, id].join("\n"));
}
