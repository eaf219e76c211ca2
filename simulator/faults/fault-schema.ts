import { z } from "zod";
import type { Fault } from "./active-faults.ts";

const times = z.number().int().positive().optional();
const code = z.number().int().positive();

/** A fault as another process asks for it. */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("never-answer-usync"), number: z.string() }),
  z.strictObject({ kind: z.literal("hold-acks"), number: z.string().optional() }),
  z.strictObject({
    kind: z.literal("ack-error"),
    code,
    times,
    toNumber: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal("silence") }),
  z.strictObject({ kind: z.literal("wrong-certificate") }),
  z.strictObject({ kind: z.literal("login-failure"), reason: code, times }),
  z.strictObject({ kind: z.literal("refuse-upgrade"), status: code, times }),
  z.strictObject({ kind: z.literal("cut-before-routing"), times }),
  z.strictObject({ kind: z.literal("cut-before-ack"), times }),
]);
