import { z } from "zod";
import { auditEntrySchema } from "../contracts/audit.ts";
import {
  periodShape,
  statisticsQuery,
  statisticsSchema,
  usageSchema,
} from "../contracts/insight.ts";
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
  getStatistics: defineRoute({
    name: "getStatistics",
    method: "GET",
    path: "/v1/stats",
    lambda: "insight",
    summary: "How many messages, by session, day, direction, kind and status; up to this moment",
    auth: { access: "scope", scope: "account:read" },
    query: statisticsQuery,
    example: { query: { from: "2026-11-01" } },
    responses: { 200: { description: "Counts", body: statisticsSchema } },
    faults: ["not_found"],
  }),
  getUsage: defineRoute({
    name: "getUsage",
    method: "GET",
    path: "/v1/usage",
    lambda: "insight",
    summary: "What to bill by: messages, active time and media, by session and day",
    auth: { access: "scope", scope: "account:read" },
    query: z.strictObject({ ...periodShape, format: z.enum(["json", "csv"]).default("json") }),
    example: { query: { from: "2026-11-01" } },
    responses: {
      200: {
        description: "Usage; as CSV with `format=csv`",
        body: usageSchema,
        contentTypes: ["application/json", "text/csv"],
      },
    },
    faults: ["not_found"],
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
