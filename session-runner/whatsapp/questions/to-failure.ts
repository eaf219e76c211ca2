import type { QuestionFailure } from "#shared/contracts/question.ts";

export type Failure = { code: QuestionFailure; detail: string };

type Boom = Error & { data?: unknown; output?: { statusCode?: number } };

/** What Baileys itself found wrong with a question, before it asked anybody. */
const badQuestion = 400;

/** WhatsApp's own code, when the server answered with an error; undefined otherwise. */
export function refusalCode(error: unknown): number | undefined {
  const data = error instanceof Error ? (error as Boom).data : undefined;
  return typeof data === "number" ? data : undefined;
}

/** Why a question got no answer while the connection stood. */
export function toFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = refusalCode(error);
  if (code !== undefined) {
    return { code: "refused_by_whatsapp", detail: `WhatsApp answered ${code}: ${message}.` };
  }
  if (error instanceof Error && (error as Boom).output?.statusCode === badQuestion) {
    return { code: "refused_by_whatsapp", detail: `It could not be asked: ${message}.` };
  }
  return { code: "whatsapp_unanswered", detail: "WhatsApp did not answer in time." };
}
