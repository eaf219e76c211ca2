import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { attempt } from "./attempt.ts";
import type { DeliverDeps, Endpoint } from "./deliver-deps.ts";
import { disableEndpoint } from "./disable-endpoint.ts";
import type { PostAnswer } from "./post.ts";
import { isSuccess } from "./is-success.ts";
import { parseRetryAfter } from "./parse-retry-after.ts";
import { attemptsInLine, failingLimitMs, nextDelayMs, shortWaitMs } from "./retry-schedule.ts";

export type Sending = {
  body: string;
  /** Others wait behind it, which they do for a few attempts only. */
  inLine: boolean;
  /** Notes what has come of it so far. */
  keep: (delivery: DeliveryItem) => Promise<void>;
};

/**
 * Sends an event until it succeeds or its next attempt is a while away, and keeps what came of each
 * attempt.
 */
export async function deliverEvent(
  deps: DeliverDeps,
  endpoint: Endpoint,
  delivery: DeliveryItem,
  sending: Sending,
): Promise<void> {
  for (;;) {
    const answer = await attempt(deps, endpoint, delivery, sending.body);
    if (isSuccess(answer)) return succeed(deps, endpoint, delivery, sending);
    const waitMs = await fail(deps, endpoint, delivery, { ...sending, answer });
    if (waitMs === undefined || waitMs > shortWaitMs) return;
    await deps.sleep(waitMs);
  }
}

async function succeed(
  deps: DeliverDeps,
  { webhook }: Endpoint,
  delivery: DeliveryItem,
  { keep }: Sending,
): Promise<void> {
  settle(delivery, "succeeded");
  await keep(delivery);
  if (!delivery.once) await webhooks.markWorking(deps.webhooks, webhook);
}

type Failure = Sending & { answer: PostAnswer };

/** Gives the wait until the next attempt, if there is one. */
async function fail(
  deps: DeliverDeps,
  { webhook }: Endpoint,
  delivery: DeliveryItem,
  { answer, inLine, keep }: Failure,
): Promise<number | undefined> {
  const now = deps.now();
  const retryAfter = "status" in answer ? parseRetryAfter(answer.retryAfter, now) : undefined;
  const since = delivery.once ? now : await webhooks.markFailing(deps.webhooks, webhook);
  const isGone = "status" in answer && answer.status === 410;
  const isOver = now - since >= failingLimitMs;
  const waitMs =
    delivery.once || isGone || isOver ? undefined : nextDelayMs(delivery.count, retryAfter);
  delivery.openIn = webhook.webhookId;
  if (waitMs === undefined) settle(delivery, "failed");
  else waitFor(delivery, now + waitMs, inLine && delivery.count < attemptsInLine);
  await keep(delivery);
  if (!delivery.once && (isGone || isOver)) {
    await disableEndpoint(deps, webhook, isGone ? "gone" : "failing");
  }
  return waitMs;
}

/** Nothing more is done about it by itself. */
export function settle(delivery: DeliveryItem, status: "succeeded" | "failed"): void {
  delivery.status = status;
  delete delivery.nextAt;
  delete delivery.dueIn;
  delete delivery.dueAt;
  if (status === "succeeded") delete delivery.openIn;
}

/** While the line waits for it, the line's own place says when; once set aside, it does. */
function waitFor(delivery: DeliveryItem, nextAt: number, inLine: boolean): void {
  delivery.nextAt = nextAt;
  delivery.dueIn = inLine ? undefined : "due";
  delivery.dueAt = inLine ? undefined : nextAt;
}
