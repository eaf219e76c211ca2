import { z } from "zod";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import { createTemplateBody, templateSchema, updateTemplateBody } from "../contracts/template.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const params = z.strictObject({ templateId: idSchema("template") });
const write = { access: "scope", scope: "messages:send" } as const;
const read = { access: "scope", scope: "messages:read" } as const;
const message = { type: "text", text: { body: "Hello {{name}}, order {{order}} has left." } };

export const templateRoutes = {
  createTemplate: defineRoute({
    name: "createTemplate",
    method: "POST",
    path: "/v1/templates",
    lambda: "messages",
    summary: "Make a template: a message with {{variables}} in its texts",
    auth: write,
    idempotent: true,
    body: createTemplateBody,
    example: { body: { name: "Order has left", message } },
    responses: { 201: { description: "Made", body: templateSchema } },
    faults: [],
  }),
  listTemplates: defineRoute({
    name: "listTemplates",
    method: "GET",
    path: "/v1/templates",
    lambda: "messages",
    summary: "List templates",
    auth: read,
    query: z.strictObject(pageQueryShape),
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Templates", body: pageOf(templateSchema) } },
    faults: [],
  }),
  getTemplate: defineRoute({
    name: "getTemplate",
    method: "GET",
    path: "/v1/templates/{templateId}",
    lambda: "messages",
    summary: "One template",
    auth: read,
    params,
    responses: { 200: { description: "The template", body: templateSchema } },
    faults: ["not_found"],
  }),
  updateTemplate: defineRoute({
    name: "updateTemplate",
    method: "PATCH",
    path: "/v1/templates/{templateId}",
    lambda: "messages",
    summary: "Change a template; what was accepted before stays as it was",
    auth: write,
    params,
    body: updateTemplateBody,
    example: { body: { name: "Order is on its way" } },
    responses: { 200: { description: "The template", body: templateSchema } },
    faults: ["not_found"],
  }),
  deleteTemplate: defineRoute({
    name: "deleteTemplate",
    method: "DELETE",
    path: "/v1/templates/{templateId}",
    lambda: "messages",
    summary: "Delete a template",
    auth: write,
    params,
    responses: { 204: { description: "Deleted" } },
    faults: ["not_found"],
  }),
};
