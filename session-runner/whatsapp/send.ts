import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { MessageReason } from "#shared/contracts/message-status.ts";
import type { LinkPreview } from "../media/link-preview.ts";
import { MediaError } from "../media/media-error.ts";
import type { PreparedFile } from "../media/outbound-media.ts";
import { reach } from "../points.ts";
import type { Acks } from "./acks.ts";
import { countRecipients } from "./count-recipients.ts";
import { findUnreachable, isOpen, messageOf, findOwnJid } from "./find-unreachable.ts";
import type { LookUp } from "./find-unreachable.ts";
import type { SendOutcome } from "./send-outcome.ts";
import { stanzaMarks, toWhatsapp } from "./to-whatsapp.ts";
import type { WireGate } from "./wire-gate.ts";

export type OutgoingMessage = {
  messageId: string;
  whatsappId: string;
  to: string;
  content: MessageContent;
};

export type SendContext = LookUp & {
  acks: Acks;
  ackTimeoutMs: number;
  /** Has the message's file at WhatsApp; undefined for a message without one. */
  prepareFile: (message: OutgoingMessage) => Promise<PreparedFile | undefined>;
  /** What to show of a link in the message; never rejects. */
  findPreview: (message: OutgoingMessage) => Promise<LinkPreview | undefined>;
  secretOf: (whatsappId: string) => Uint8Array;
  gate: WireGate;
  /** Notes what later messages about this one need. */
  onSending: (message: OutgoingMessage) => void;
};

const refusals: Record<number, [MessageReason, string]> = {
  463: ["reach_out_locked", "WhatsApp does not let this account start new chats for now."],
  429: ["rate_limited_by_whatsapp", "WhatsApp says that this account sends too fast."],
};

export async function sendMessage(
  context: SendContext,
  message: OutgoingMessage,
): Promise<SendOutcome> {
  const { socket, acks, gate } = context;
  const { whatsappId, to, content } = message;
  const unreachable = await findUnreachable(context, to);
  if (unreachable) return unreachable;
  const prepared = await prepare(context, message);
  if ("result" in prepared) return prepared;
  const answer = acks.expect(whatsappId);
  const frames = gate.count();
  try {
    context.onSending(message);
    const secret = context.secretOf(whatsappId);
    const making = { to, own: findOwnJid(socket, to), secret, now: Date.now(), ...prepared };
    await socket.relayMessage(to, toWhatsapp(content, making), {
      messageId: whatsappId,
      ...stanzaMarks(content, to),
    });
  } catch (error) {
    answer.cancel();
    if (!isOpen(socket)) return { result: "not_sent" };
    const detail = `No session with the recipient could be made: ${messageOf(error)}`;
    return { result: "refused", reason: "recipient_unanswered", detail };
  }
  const passing = await gate.passed(frames);
  if (passing !== "left") {
    answer.cancel();
    return { result: passing === "refused" ? "not_sent" : "unanswered" };
  }
  reach("message.on-wire", { whatsappId });
  const ack = await answer.within(context.ackTimeoutMs);
  if (!ack) return { result: "unanswered" };
  if (ack.error === undefined) {
    return { result: "acknowledged", recipients: await countRecipients(context, to) };
  }
  const [reason, detail] = refusals[ack.error] ?? [
    "refused_by_whatsapp",
    `WhatsApp refused the message with code ${ack.error}.`,
  ];
  return { result: "refused", reason, detail };
}

async function prepare(
  { socket, prepareFile, findPreview }: SendContext,
  message: OutgoingMessage,
): Promise<(Partial<PreparedFile> & { preview?: LinkPreview | undefined }) | SendOutcome> {
  try {
    if (message.content.type === "text") return { preview: await findPreview(message) };
    return { ...(await prepareFile(message)) };
  } catch (error) {
    if (error instanceof MediaError) {
      return { result: "refused", reason: error.reason, detail: error.message };
    }
    if (!isOpen(socket)) return { result: "not_sent" };
    const detail = `The file could not be given to WhatsApp: ${messageOf(error)}`;
    return { result: "refused", reason: "media_upload_failed", detail };
  }
}
