import { setTimeout as sleep } from "node:timers/promises";
import type { CommandOf } from "#shared/contracts/command.ts";
import { onceOnly } from "#shared/contracts/question.ts";
import type { Engine } from "../whatsapp/engine.ts";
import { toFailure } from "../whatsapp/questions/to-failure.ts";
import type { Failure } from "../whatsapp/questions/to-failure.ts";
import type { SessionDeps } from "./deps.ts";
import type { Fate } from "./outbox-message.ts";
import type { Reply } from "./reply-store.ts";

type Asked = CommandOf<"session.ask.v1">;

type Answering = Pick<SessionDeps, "replies" | "now">;

const notConnected: Failure = {
  code: "session_not_connected",
  detail: "The session was not connected in time, so that nothing was asked.",
};

const unknown: Failure = {
  code: "outcome_unknown",
  detail: "The connection broke before WhatsApp had answered: look whether it was done.",
};

const lookAgainMs = 100;

/**
 * Asks WhatsApp and stores the answer. What may be asked again is, on the next connection or by the
 * next owner, until it expires; what may not is asked once, and its outcome is unknown when the
 * answer got lost.
 */
export async function answerCommand(
  { replies, now }: Answering,
  asked: Asked,
  whenOpen: () => Promise<Engine | undefined>,
): Promise<Fate> {
  const once = onceOnly.has(asked.question.kind);
  for (;;) {
    const engine = await withinTime(whenOpen, asked.expiresAt - now());
    if (!engine) return refuse(replies, asked, once);
    if (once && !(await replies.begin(asked))) return refuse(replies, asked, once);
    try {
      const answer = JSON.stringify(await engine.ask(asked.question));
      await replies.conclude(asked, { status: "answered", answer });
      return "done";
    } catch (error) {
      if (engine.isOpen() || once) {
        const failure = toFailure(error);
        const lost = once && failure.code === "whatsapp_unanswered";
        await replies.conclude(asked, toReply(lost ? unknown : failure));
        return "done";
      }
      // Closed, and perhaps not known to be yet.
      await sleep(lookAgainMs);
    }
  }
}

/** For a session that is not there to be asked. */
export function refuseQuestion({ replies }: Answering, asked: Asked): Promise<Fate> {
  return refuse(replies, asked, onceOnly.has(asked.question.kind));
}

/** An answer that is there stays. A former owner may have asked what may be asked only once. */
async function refuse(replies: SessionDeps["replies"], asked: Asked, once: boolean): Promise<Fate> {
  const begun = once && !(await replies.begin(asked));
  await replies.concludeOpen(asked, toReply(begun ? unknown : notConnected));
  return "done";
}

function toReply({ code, detail }: Failure): Reply {
  return { status: "failed", code, detail };
}

async function withinTime<Result>(
  work: () => Promise<Result>,
  milliseconds: number,
): Promise<Result | undefined> {
  if (milliseconds <= 0) return undefined;
  const done = new AbortController();
  const { signal } = done;
  const late = sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  const result = await Promise.race([work(), late]);
  done.abort();
  return result;
}
