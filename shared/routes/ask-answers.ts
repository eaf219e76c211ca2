import { answers, pendingReplySchema } from "../contracts/question.ts";
import type { QuestionKind } from "../contracts/question.ts";

const pending = {
  202: { description: "Not answered yet: look at `url` soon", body: pendingReplySchema },
};

/** Faults of every route that asks a session. */
export const askFaults = [
  "not_found",
  "session_not_connected",
  "refused_by_whatsapp",
  "whatsapp_unanswered",
  "outcome_unknown",
] as const;

/** Success answers of a route that asks, and gives what it was told. */
export function askAnswers<Kind extends QuestionKind>(
  kind: Kind,
  description: string,
): { 200: { description: string; body: (typeof answers)[Kind] } } & typeof pending {
  return { 200: { description, body: answers[kind] }, ...pending };
}

/** The same of one that has something done. */
export const doneAnswers = { 204: { description: "Done" }, ...pending };
