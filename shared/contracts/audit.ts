import { z } from "zod";
import { idSchema } from "../ids.ts";

export const auditEntrySchema = z.object({
  id: idSchema("audit"),
  at: z.iso.datetime(),
  action: z.string().describe("The route's operation id"),
  actor: z.object({
    kind: z.enum(["user", "key", "operator", "anonymous"]),
    id: z.string().nullable(),
  }),
  target: z.record(z.string(), z.string()).describe("Ids of what it was done to, by their names"),
  ip: z.string(),
  result: z.enum(["done", "refused", "failed"]),
  status: z.int().describe("Of the HTTP answer"),
  code: z.string().nullable().describe("The problem's code, unless it was done"),
  requestId: z.string(),
});

/** Who did what to what, from where, and what came of it. Never what was in the request. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;
