import { z } from "zod";
import { auditEntrySchema } from "../contracts/audit.ts";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import { defineRoute } from "./define-route.ts";

export const insightRoutes = {
  getOpenApi: defineRoute({
    name: "getOpenApi",
    method: "GET",
    path: "/openapi.json",
    lambda: "insight",
    summary: "This API as an OpenAPI 3.1 document",
    auth: { access: "public", why: "it describes the API and knows nothing of anyone" },
    responses: {
      200: {
        description: "The document",
        body: z.looseObject({ openapi: z.literal("3.1.0") }),
        contentTypes: ["application/json"],
      },
    },
    faults: [],
  }),
  getDocs: defineRoute({
    name: "getDocs",
    method: "GET",
    path: "/docs",
    lambda: "insight",
    summary: "The same for people",
    auth: { access: "public", why: "it describes the API and knows nothing of anyone" },
    responses: {
      200: { description: "A page", body: z.string(), contentTypes: ["text/html"] },
    },
    faults: [],
  }),
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
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Entries", body: pageOf(auditEntrySchema) } },
    faults: [],
  }),
};
