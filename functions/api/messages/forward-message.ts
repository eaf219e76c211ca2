import * as sessions from "#functions/store/sessions.ts";
import { implement } from "#functions/middleware/implement.ts";
import { requireAddress } from "#shared/address.ts";
import { fileFacts, hasFile, withFile } from "#shared/contracts/message-content.ts";
import type { MessageContent, ReceivedContent } from "#shared/contracts/message-content.ts";
import { Fault } from "#shared/faults/fault.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import { acceptContent } from "./accept-content.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSendable } from "./require-sendable.ts";
import { requireTarget } from "./require-target.ts";
import { toSendTimes } from "./send-times.ts";

export const forwardMessage = implement(
  messageRoutes.forwardMessage,
  async ({ params, body, ...call }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, call.caller, params.sessionId);
    requireSendable(session, body);
    const times = toSendTimes(body, call.attempt.startedAt);
    const found = await requireTarget(deps, session.sessionId, params.messageId);
    if (found.deletedAt !== undefined) {
      throw new Fault("message_unchangeable", { detail: "The message was deleted." });
    }
    const content = forwarded(found.content, found.edit?.body);
    const { jid: to } = requireAddress(body.to);
    const accepted = await acceptContent(deps, { ...call, session, to, content, ...times });
    return { status: 202, body: accepted };
  },
);

/** The same content, as it is by now, without what tied it to its chat. */
function forwarded(content: ReceivedContent, edited: string | undefined): MessageContent {
  const { replyTo: _, mentions: __, ...bare } = content;
  switch (bare.type) {
    case "text": {
      const text = { ...bare.text, ...(edited !== undefined && { body: edited }) };
      return { ...bare, text, forwarded: true };
    }
    case "location":
    case "contact":
      return { ...bare, forwarded: true };
    default:
      if (hasFile(bare)) return { ...forwardedFile(bare, edited), forwarded: true };
      throw new Fault("message_unchangeable", {
        detail: `A message of type ${bare.type} cannot be forwarded.`,
      });
  }
}

function forwardedFile(
  content: Extract<ReceivedContent, { type: "image" | "video" | "audio" | "document" | "sticker" }>,
  caption: string | undefined,
) {
  const { mediaStatus } = fileFacts(content);
  if ("viewOnce" in fileFacts(content) || (mediaStatus ?? "ready") !== "ready") {
    const detail = `The file cannot be forwarded: it is ${mediaStatus === "ready" || !mediaStatus ? "for viewing once" : mediaStatus}.`;
    throw new Fault("message_unchangeable", { detail });
  }
  const edited = caption !== undefined && { caption };
  return withFile(content, { mediaStatus: undefined, sha256: undefined, ...edited });
}
