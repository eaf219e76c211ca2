import * as sessions from "#functions/store/sessions.ts";
import { implement } from "#functions/middleware/implement.ts";
import { editWindowMs } from "#shared/contracts/message-limits.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { editMessageBody } from "#shared/contracts/message.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import type { z } from "zod";
import { acceptContent } from "./accept-content.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSendable } from "./require-sendable.ts";
import { requireSent, requireTarget, toTarget } from "./require-target.ts";

type Edit = Extract<MessageContent, { type: "edit" }>["edit"];

export const editMessage = implement(
  messageRoutes.editMessage,
  async ({ params, body, ...call }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, call.caller, params.sessionId);
    requireSendable(session, {});
    const target = requireSent(await requireTarget(deps, session.sessionId, params.messageId));
    if (deps.now() - Date.parse(target.sentAt ?? target.createdAt) > editWindowMs) {
      const detail = "WhatsApp allows edits for 15 minutes after sending.";
      throw new Fault("message_unchangeable", { detail });
    }
    const content = { type: "edit" as const, edit: toEdit(target, body) };
    const accepted = await acceptContent(deps, { ...call, session, to: target.chat, content });
    return { status: 202, body: accepted };
  },
);

function toEdit(target: MessageItem, body: z.infer<typeof editMessageBody>): Edit {
  const { content, direction } = target;
  const of = toTarget(target);
  if (direction === "outbound" && "text" in body && content.type === "text") {
    return { of, body: body.text.body };
  }
  const isCaptioned =
    content.type === "image" || content.type === "video" || content.type === "document";
  if (direction === "outbound" && "caption" in body && isCaptioned) {
    const { replyTo: _, mentions: __, forwarded: ___, ...file } = content;
    return { of, body: body.caption, file };
  }
  const detail = "Only own texts can be edited, and captions of own images, videos and documents.";
  throw new Fault("message_unchangeable", { detail });
}
