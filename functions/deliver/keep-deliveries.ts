import * as deliveries from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import * as runs from "#functions/store/webhook-runs.ts";
import type { RunEntry } from "#functions/store/webhook-runs.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { timeOfId } from "#shared/ids.ts";
import type { DeliverDeps } from "./deliver-deps.ts";

/** About a write unit of them; what a crash may have sent again is no more than that. */
const mostInRun = 40;
/** Long texts are not alike: so many bytes of JSON are some units at most. */
const mostBytes = 16 * 1024;

export type DeliveryKeeper = {
  /** Notes what has come of an event's attempts so far. */
  keep(delivery: DeliveryItem, event: LoggedEvent): Promise<void>;
  /** Writes what is held together still: before anything says that it is settled. */
  flush(): Promise<void>;
};

/**
 * Keeps the deliveries of one look at a source: those that succeeded at once together, any other in
 * an item of its own. One by one they would cost a write unit each, most of what a webhook costs.
 */
export function keepDeliveries(
  { webhooks }: Pick<DeliverDeps, "webhooks">,
  webhookId: string,
): DeliveryKeeper {
  let run: RunEntry[] = [];
  let bytes = 0;

  async function flush(): Promise<void> {
    if (run.length === 0) return;
    await runs.put(webhooks, webhookId, run);
    run = [];
    bytes = 0;
  }

  return {
    flush,
    async keep(delivery, event) {
      const entry = toEntry(delivery, event);
      const isFar = run.some(({ event: { id } }) => msBetween(id, event.id) >= runs.runSpanMs);
      if (!entry || isFar) await flush();
      if (!entry) return deliveries.put(webhooks, delivery);
      run.push(entry);
      bytes += delivery.body.length;
      if (run.length >= mostInRun || bytes >= mostBytes) await flush();
    },
  };
}

/** What succeeded at once and is kept whole; anything else has more to tell. */
function toEntry(
  { status, attempts: [attempt, ...others], isCut, answer }: DeliveryItem,
  event: LoggedEvent,
): RunEntry | undefined {
  if (status !== "succeeded" || !attempt || others.length > 0 || isCut) return undefined;
  return { event, attempt, ...(answer && { answer }) };
}

function msBetween(id: string, other: string): number {
  return Math.abs(timeOfId(id) - timeOfId(other));
}
