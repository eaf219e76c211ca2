import { z } from "zod";

/** How a session behaves, chosen by its tenant. Only what the runner really does is in here. */
export const sessionSettingsSchema = z.strictObject({
  markOnline: z
    .boolean()
    .describe("Show the account as online while connected; the phone then gets no notifications"),
  pacing: z
    .strictObject({
      perMinute: z.int().min(1).max(600),
      burst: z.int().min(1).max(100).describe("Messages that may leave without a pause"),
    })
    .nullable()
    .describe("At most so many messages leave; null sends each as soon as it can"),
});

export type SessionSettings = z.infer<typeof sessionSettingsSchema>;

export const defaultSettings: SessionSettings = {
  markOnline: false,
  pacing: null,
};
