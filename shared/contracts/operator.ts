import { z } from "zod";
import { idSchema } from "../ids.ts";
import { tiers } from "../resources/limits.ts";
import { sessionStateSchema } from "./session-status.ts";

export const setTierBody = z.strictObject({ tier: z.enum(tiers) });

const count = z.int().min(0);

export const fleetHealthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  problems: z.array(z.string()).describe("What is wrong, in sentences; empty when all is well"),
  at: z.iso.datetime(),
  stores: z.array(z.object({ name: z.string(), reachable: z.boolean(), ms: z.number() })),
  queues: z.array(
    z.object({
      name: z.string(),
      reachable: z.boolean(),
      waiting: count,
      inFlight: count,
      dead: count.describe("In the dead-letter queue"),
    }),
  ),
  fleet: z
    .object({
      workers: z.array(z.object({ id: z.string(), draining: z.boolean() })),
      shards: z.object({ total: count, owned: count, ownerless: z.array(count) }),
      sessions: z.object({
        wanted: count.describe("That want to be connected"),
        byState: z.partialRecord(sessionStateSchema, count).describe("Of those that are wanted"),
        isComplete: z.boolean().describe("False when there are too many to look at each"),
      }),
      oldestCommandSeconds: z
        .number()
        .nullable()
        .describe(
          "Age of the oldest command that a worker has in hand, by the heartbeats; null without any. " +
            "What no worker has taken yet is in `queues`: CloudWatch knows its age " +
            "(ApproximateAgeOfOldestMessage)",
        ),
      longestWaiting: z
        .object({
          sessionId: idSchema("session"),
          status: sessionStateSchema,
          since: z.iso.datetime(),
        })
        .nullable()
        .describe("The wanted session that has been waiting for its connection longest"),
    })
    .nullable()
    .describe("Null when its table cannot be read"),
});

export type FleetHealth = z.infer<typeof fleetHealthSchema>;
