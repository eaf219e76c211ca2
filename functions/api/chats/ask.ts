// Asking a session: one command, then a look at its reply item until it is there or patience ends.
// Costs one queue request, the runner's one write, and a read unit a look.
import type { Caller } from "#functions/auth/caller.ts";
import type { Attempt } from "#functions/middleware/implement.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as replies from "#functions/store/replies.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { answers } from "#shared/contracts/question.ts";
import type { AnswerOf, pendingReplySchema, Question } from "#shared/contracts/question.ts";
import { waitingStates } from "#shared/contracts/session-status.ts";
import { Fault } from "#shared/faults/fault.ts";
import { derivedId } from "#shared/ids.ts";
import type { ReplyItem } from "#shared/items/fleet-item.ts";
import type { z } from "zod";
import type { ChatDeps } from "./chat-deps.ts";
import { questionLifeMs, replyUrl } from "./reply-place.ts";

type Pending = z.infer<typeof pendingReplySchema>;

export type Asking = {
  caller: Caller;
  params: { sessionId: string };
  requestId: string;
  attempt: Attempt;
};

/** Milliseconds before each look: soon at first, for most answers take one round trip. */
const looks = [60, 60, 80, 100, 150, 200, 250, 300, 400, 500, 500, 500, 500, 500, 500];

type Told<Kind extends Question["kind"]> =
  | { status: 200; body: AnswerOf<Kind> }
  | { status: 202; body: Pending };

/** @throws {Fault} when the session cannot be asked, or WhatsApp does not do it */
export async function ask<Kind extends Question["kind"]>(
  deps: ChatDeps,
  asking: Asking,
  question: Extract<Question, { kind: Kind }>,
): Promise<Told<Kind>> {
  const session = await sessions.require(deps.control, asking.caller, asking.params.sessionId);
  return askSession(deps, session, asking, question);
}

/** The same where the session has been looked up already. */
export async function askSession<Kind extends Question["kind"]>(
  deps: ChatDeps,
  session: SessionItem,
  { requestId, attempt }: Asking,
  question: Extract<Question, { kind: Kind }>,
): Promise<Told<Kind>> {
  if (session.status !== "active" && !waitingStates.includes(session.status)) {
    throw new Fault("session_not_connected", {
      detail: "Only WhatsApp can answer that: call POST /v1/sessions/{id}/connect first.",
      extra: { sessionStatus: session.status },
    });
  }
  const { sessionId, accountId, shard } = session;
  // The same again for a request that is repeated under its Idempotency-Key.
  const replyId = derivedId("reply", attempt.startedAt, `${sessionId}\n${attempt.seed}`);
  const expiresAt = attempt.startedAt + questionLifeMs;
  const command = { sessionId, accountId, requestId, replyId, question, expiresAt };
  await sendCommand(deps.commands, shard, { type: "session.ask.v1", ...command }, replyId);
  for (const wait of looks) {
    await deps.sleep(wait);
    const reply = await replies.find(deps.fleet, sessionId, replyId);
    if (reply) return { status: 200, body: answerOf<Kind>(question.kind, reply) };
  }
  const url = replyUrl(sessionId, replyId);
  return { status: 202, body: { replyId, status: "pending", url } };
}

/** For what is done rather than answered. */
export async function askToDo<Kind extends Question["kind"]>(
  ...asked: Parameters<typeof ask<Kind>>
): Promise<{ status: 204; body: undefined } | { status: 202; body: Pending }> {
  const told = await ask(...asked);
  return told.status === 202 ? told : { status: 204, body: undefined };
}

function answerOf<Kind extends Question["kind"]>(kind: Kind, reply: ReplyItem): AnswerOf<Kind> {
  if (reply.status === "answered") {
    return answers[kind].parse(JSON.parse(reply.answer ?? "{}")) as AnswerOf<Kind>;
  }
  const { code = "whatsapp_unanswered", detail } = reply;
  throw new Fault(code, detail === undefined ? {} : { detail });
}
