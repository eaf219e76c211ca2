const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** How long to wait before each attempt: the ten of Standard Webhooks, over a little more than 3 days. */
const delaysMs = [
  0,
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/** After so many attempts an event no longer holds up those behind it. */
export const attemptsInLine = 3;

/** Waits no longer than this are waited out on the spot. */
export const shortWaitMs = 5 * secondMs;

/** An endpoint at which nothing succeeds for so long is disabled. */
export const failingLimitMs = 5 * 24 * hourMs;

const longestMs = 24 * hourMs;

/**
 * The wait after so many failed attempts, at least what the receiver asks for; undefined when there
 * is no further attempt.
 */
export function nextDelayMs(attempts: number, retryAfterMs = 0): number | undefined {
  const delay = delaysMs[attempts];
  return delay === undefined ? undefined : Math.min(longestMs, Math.max(delay, retryAfterMs));
}
