import { z } from "zod";
import type { Fault } from "./active-faults.ts";

const times = z.number().int().positive().optional();
const code = z.number().int().positive();
const number = z.string().optional();
const stanzas = { direction: z.enum(["in", "out"]), tag: z.string().optional(), number };

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
  z.strictObject({
    kind: z.literal("end-connection"),
    phase: z.enum(["handshake", "pairing", "login", "drain", "open"]),
    code: code.optional(),
    conflict: z.string().optional(),
    closeCode: code.optional(),
    times,
  }),
  z.strictObject({ kind: z.literal("drop-stanzas"), ...stanzas, times }),
  z.strictObject({ kind: z.literal("delay-stanzas"), ms: code, ...stanzas, times }),
  z.strictObject({ kind: z.literal("reorder-messages"), number, times }),
  z.strictObject({ kind: z.literal("read-slowly"), ms: code, number }),
  z.strictObject({ kind: z.literal("corrupt-messages"), toNumber: number, times }),
  z.strictObject({ kind: z.literal("refuse-upload"), status: code, times }),
  z.strictObject({ kind: z.literal("refuse-download"), status: code, times }),
]);
