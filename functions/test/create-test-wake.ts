import { createWake } from "#functions/wake/create-wake.ts";
import type { ScheduleName } from "#shared/resources/schedules.ts";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";

/** The Lambda that the clock calls; when it waits, the system's clock goes on. */
export function createTestWake(
  system: System,
  { beforeSleep = () => Promise.resolve() }: { beforeSleep?: () => Promise<void> } = {},
): (schedule: ScheduleName) => Promise<void> {
  const { control, messages, webhooks, commands, batchWork, media, work } = system;
  const wake = createWake({
    control,
    messages,
    webhooks,
    commands,
    sendWork: work.sendWork,
    sendBatchWork: batchWork.send,
    removeFile: media.remove,
    sleep: async (milliseconds) => {
      await beforeSleep();
      system.advance(milliseconds);
    },
  });
  return (schedule) => wake({ schedule }, context);
}
