import type { LambdaName } from "./processes.ts";

export type ScheduleResource = {
  purpose: string;
  lambda: LambdaName;
  everyMinutes: number;
};

/** What happens by the clock. The Lambda is called with the schedule's name as `schedule`. */
export const schedules = {
  webhooks: {
    purpose: "wakes webhook deliveries whose next attempt is due",
    lambda: "wake",
    everyMinutes: 1,
  },
  messages: {
    purpose: "takes up messages and batches whose time has come",
    lambda: "wake",
    everyMinutes: 1,
  },
  tallies: {
    purpose: "counts what sessions of the past days have left uncounted",
    lambda: "wake",
    everyMinutes: 60,
  },
} as const satisfies Record<string, ScheduleResource>;

export type ScheduleName = keyof typeof schedules;
