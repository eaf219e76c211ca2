import type { ScheduleName } from "#shared/resources/schedules.ts";
import type { Context } from "aws-lambda";
import { foldTallies } from "./fold-tallies.ts";
import { takeUpMessages } from "./take-up-messages.ts";
import type { MessagesDeps } from "./take-up-messages.ts";
import { wakeWebhooks } from "./wake-webhooks.ts";
import type { WebhooksDeps } from "./wake-webhooks.ts";

type WakeDeps = WebhooksDeps & MessagesDeps;

type WakeHandler = (event: { schedule: ScheduleName }, context: Context) => Promise<void>;

/** The Lambda that is called by the clock. */
export function createWake(deps: WakeDeps): WakeHandler {
  return async ({ schedule }) => {
    switch (schedule) {
      case "messages":
        return takeUpMessages(deps);
      case "webhooks":
        return wakeWebhooks(deps);
      case "tallies":
        return foldTallies(deps);
      default:
        throw new Error(`there is no schedule ${String(schedule satisfies never)}`);
    }
  };
}
