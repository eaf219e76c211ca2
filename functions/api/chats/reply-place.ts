/** Later than this the runner asks nobody any more. */
export const questionLifeMs = 60_000;

/** A question that old has been answered, or nobody was there to answer it. */
export const pendingMs = questionLifeMs + 30_000;

export function replyUrl(sessionId: string, replyId: string): string {
  return `/v1/sessions/${sessionId}/replies/${replyId}`;
}
