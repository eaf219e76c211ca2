import { z } from "zod";
import { isProxyUrl, proxyRule } from "../net/proxy-url.ts";
import { storedNumber } from "./stored-number.ts";

/** How a session behaves, chosen by its tenant. Only what the runner really does is in here. */
export const sessionSettingsSchema = z.strictObject({
  markOnline: z
    .boolean()
    .describe("Show the account as online while connected; the phone then gets no notifications"),
  rejectCalls: z.boolean().describe("Reject every call at once; the phone rings no longer"),
  historySync: z
    .enum(["none", "recent", "full"])
    .describe(
      "What the phone tells of the past when it is linked: messages then listed like any others, " +
        "without events. Takes effect with the next linking",
    ),
  muteWebhooks: z
    .boolean()
    .describe("Send none of this session's events to webhooks, not later either; all else goes on"),
  proxy: z
    .string()
    .max(500)
    .refine(isProxyUrl, proxyRule)
    .nullable()
    .describe(
      "The HTTP or SOCKS proxy through which the session reaches WhatsApp, media included; from " +
        "the next connection on. Shown without user name and password",
    ),
  pacing: z
    .strictObject({
      perMinute: z.int().min(1).max(600),
      burst: z.int().min(1).max(100).describe("Messages that may leave without a pause"),
      jitter: storedNumber
        .min(0)
        .max(1)
        .optional()
        .describe("By how much of itself each pause varies; 0.3 when absent"),
    })
    .nullable()
    .describe("At most so many messages leave; null sends each as soon as it can"),
  newChats: z
    .strictObject({
      perDay: z
        .int()
        .min(1)
        .max(100_000)
        .nullable()
        .describe("Chats to start within 24 hours; the rest wait. Null for any number"),
      pauseOnLock: z
        .boolean()
        .describe("Start no chats while WhatsApp locks the account for it; others go on"),
    })
    .describe("Chats with people whom this device has not written to or heard from"),
  retentionDays: z
    .int()
    .min(1)
    .max(365)
    .nullable()
    .describe("Days that messages are kept, counted from now on; null for as the deployment does"),
});

export type SessionSettings = z.infer<typeof sessionSettingsSchema>;

/** As they are shown: what is secret in them is not. */
export const shownSettingsSchema = sessionSettingsSchema.extend({ proxy: z.string().nullable() });

export const defaultSettings: SessionSettings = {
  markOnline: false,
  rejectCalls: false,
  historySync: "none",
  muteWebhooks: false,
  proxy: null,
  // WhatsApp publishes no limits, and any number of ours would slow those down who need none.
  pacing: null,
  newChats: { perDay: null, pauseOnLock: true },
  retentionDays: null,
};
