import { z } from "zod";

/** Who asked for something, as it is remembered. */
export const callerSchema = z.object({ kind: z.enum(["user", "key"]), id: z.string() });

export type CallerName = z.infer<typeof callerSchema>;
