import { setTimeout as sleep } from "node:timers/promises";
import type { CommandOf } from "#shared/contracts/command.ts";
import type { SessionDeps } from "./deps.ts";

/** Longer than the clock hands messages over ahead; what is due later is not held here. */
const longestMs = 120_000;

/**
 * Waits until a message may leave. False when it was cancelled meanwhile.
 * @throws when `signal` ends the waiting: the queue keeps the command
 */
export async function awaitDue(
  { now, messages }: Pick<SessionDeps, "now" | "messages">,
  { sendAt, sessionId, messageId }: CommandOf<"message.send.v1">,
  signal: AbortSignal,
): Promise<boolean> {
  if (sendAt === undefined) return true;
  const wait = Math.min(sendAt - now(), longestMs);
  if (wait > 0) await sleep(wait, undefined, { signal });
  return messages.isQueued(sessionId, messageId);
}
