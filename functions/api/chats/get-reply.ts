import { implement } from "#functions/middleware/implement.ts";
import * as replies from "#functions/store/replies.ts";
import * as sessions from "#functions/store/sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { presenceRoutes } from "#shared/routes/presence.ts";
import { decodeTime } from "ulid";
import type { ChatDeps } from "./chat-deps.ts";
import { pendingMs, replyUrl } from "./reply-place.ts";

/** Nothing is stored of a question that waits: its id tells how old it is. */
export const getReply = implement(
  presenceRoutes.getReply,
  async ({ caller, params }, { control, fleet, now }: ChatDeps) => {
    const { sessionId } = await sessions.require(control, caller, params.sessionId);
    const { replyId } = params;
    const reply = await replies.find(fleet, sessionId, replyId);
    if (!reply) {
      if (Math.abs(now() - timeOf(replyId)) > pendingMs) throw new Fault("not_found");
      const url = replyUrl(sessionId, replyId);
      return { status: 202, body: { replyId, status: "pending", url } };
    }
    const { question, answer, code = null, detail = null } = reply;
    const body = {
      replyId,
      status: reply.status === "answered" ? "answered" : "failed",
      question,
      answer: answer === undefined ? null : (JSON.parse(answer) as unknown),
      code,
      detail,
    } as const;
    return { status: 200, body };
  },
);

/** 0 of an id that names no time. */
function timeOf(replyId: string): number {
  const text = replyId.slice("rep_".length);
  // A ULID's time ends with 7ZZZZZZZZZ.
  return text.charAt(0) <= "7" ? decodeTime(text) : 0;
}
