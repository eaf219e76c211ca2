import { setDelivery, type Broker } from "./broker.ts";
import type { Received } from "./message.ts";
import { isInFlight, type Queue } from "./queue.ts";

const REPEATABLE_MS = 300_000;

/**
 * A FIFO receive that names its attempt may be repeated when its answer was lost: the same messages
 * come under the same receipts, hidden anew, unless one of them was touched since.
 */
export function repeatAttempt(
  broker: Broker,
  queue: Queue,
  attemptId: string | undefined,
  visibilitySeconds: number,
): Received[] | undefined {
  const attempt = attemptId === undefined ? undefined : queue.attempts.get(attemptId);
  if (!attempt || attempt.until <= broker.now()) return undefined;
  const untouched = attempt.received.every(
    ({ entry, after }) => entry.delivery === after && isInFlight(queue, entry),
  );
  if (!untouched) return undefined;
  const visibleAt = broker.now() + visibilitySeconds * 1000;
  for (const received of attempt.received) {
    received.after = { ...received.after, visibleAt };
    setDelivery(broker, queue, received.entry, received.after);
  }
  return attempt.received;
}

/** Remembers what an attempt received; nothing received is nothing to repeat. */
export function keepAttempt(
  broker: Broker,
  queue: Queue,
  attemptId: string | undefined,
  received: Received[],
): void {
  const now = broker.now();
  for (const [id, attempt] of queue.attempts) if (attempt.until <= now) queue.attempts.delete(id);
  if (!queue.fifo || attemptId === undefined || received.length === 0) return;
  queue.attempts.set(attemptId, { received, until: now + REPEATABLE_MS });
}
