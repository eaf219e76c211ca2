import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { MessageReason } from "#shared/contracts/message-status.ts";
import { reach } from "../points.ts";
import type { Acks } from "./acks.ts";
import { jidDecode, jidNormalizedUser } from "./baileys.ts";
import type { WASocket } from "./baileys.ts";
import type { DeviceCache } from "./device-cache.ts";
import { toWhatsapp } from "./to-whatsapp.ts";

export type OutgoingMessage = { whatsappId: string; to: string; content: MessageContent };

export type SendOutcome =
  | { result: "acknowledged" }
  /** Final: WhatsApp or the address refused it. */
  | { result: "refused"; reason: MessageReason; detail: string }
  /** On the wire, no answer: it may or may not have arrived. The same id may be sent again. */
  | { result: "unanswered" }
  /** The connection ended before the message left. */
  | { result: "not_sent" };

export type SendContext = {
  socket: WASocket;
  acks: Acks;
  devices: DeviceCache;
  /** Milliseconds. */
  queryTimeoutMs: number;
  ackTimeoutMs: number;
  /** Monotonic milliseconds. */
  clock: () => number;
};

const refusals: Record<number, [MessageReason, string]> = {
  463: ["reach_out_locked", "WhatsApp does not let this account start new chats for now."],
  429: ["rate_limited_by_whatsapp", "WhatsApp says that this account sends too fast."],
};

export async function sendMessage(
  context: SendContext,
  message: OutgoingMessage,
): Promise<SendOutcome> {
  const { socket, acks } = context;
  const unreachable = await findUnreachable(context, message.to);
  if (unreachable) return unreachable;
  const answer = acks.wait(message.whatsappId, context.ackTimeoutMs);
  try {
    await socket.relayMessage(message.to, toWhatsapp(message.content), {
      messageId: message.whatsappId,
    });
  } catch (error) {
    if (!isOpen(socket)) return { result: "not_sent" };
    const detail = `No session with the recipient could be made: ${messageOf(error)}`;
    return { result: "refused", reason: "recipient_unanswered", detail };
  }
  reach("message.on-wire", { whatsappId: message.whatsappId });
  const ack = await answer;
  if (!ack) return { result: "unanswered" };
  if (ack.error === undefined) return { result: "acknowledged" };
  const [reason, detail] = refusals[ack.error] ?? [
    "refused_by_whatsapp",
    `WhatsApp refused the message with code ${ack.error}.`,
  ];
  return { result: "refused", reason, detail };
}

/**
 * Looks the devices up before Baileys does, because Baileys sends an empty stanza when its own
 * look-up goes unanswered. After this they are in the cache that Baileys reads.
 */
async function findUnreachable(context: SendContext, to: string): Promise<SendOutcome | undefined> {
  const { socket, devices, queryTimeoutMs, clock } = context;
  const user = jidDecode(to)?.user ?? "";
  const own = ownJid(socket, to);
  const ownUser = jidDecode(own)?.user ?? "";
  const startedAt = clock();
  try {
    await socket.getUSyncDevices([own, to], true, false);
  } catch (error) {
    if (!isOpen(socket)) return { result: "not_sent" };
    const detail = `The recipient's devices could not be looked up: ${messageOf(error)}`;
    return { result: "refused", reason: "recipient_unanswered", detail };
  }
  if (devices.has(user) && devices.has(ownUser)) {
    devices.touch(user);
    devices.touch(ownUser);
    return undefined;
  }
  if (!isOpen(socket)) return { result: "not_sent" };
  if (clock() - startedAt >= queryTimeoutMs) {
    const detail = "WhatsApp did not say in time which devices the recipient has.";
    return { result: "refused", reason: "recipient_unanswered", detail };
  }
  const detail = "WhatsApp knows no device of this recipient.";
  return { result: "refused", reason: "recipient_not_on_whatsapp", detail };
}

/** Our own address in the form that a chat with `to` uses, as Baileys picks it. */
function ownJid(socket: WASocket, to: string): string {
  const { id = "", lid } = socket.user ?? {};
  return jidNormalizedUser(to.endsWith("@lid") && lid ? lid : id);
}

function isOpen(socket: WASocket): boolean {
  return socket.ws.isOpen;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
