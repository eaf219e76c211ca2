import { z } from "zod";
import { auditEntrySchema } from "../contracts/audit.ts";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import { defineRoute } from "./define-route.ts";

export const insightRoutes = {
  getHealth: defineRoute({
    name: "getHealth",
    method: "GET",
    path: "/v1/health",
    lambda: "insight",
    summary: "Is the API up",
    auth: {
      access: "public",
      why: "load balancers and uptime checks ask it; it says nothing else",
    },
    responses: { 200: { description: "Up", body: z.object({ status: z.literal("ok") }) } },
    faults: [],
  }),
  listAudit: defineRoute({
    name: "listAudit",
    method: "GET",
    path: "/v1/audit",
    lambda: "insight",
    summary: "Who did what, newest first; refused and failed tries too",
    auth: { access: "scope", scope: "account:admin" },
    query: z.strictObject(pageQueryShape),
    responses: { 200: { description: "Entries", body: pageOf(auditEntrySchema) } },
    faults: [],
  }),
};
