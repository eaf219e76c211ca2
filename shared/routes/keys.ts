import { z } from "zod";
import {
  apiKeySchema,
  createdKeySchema,
  createKeyBody,
  rotatedKeySchema,
  rotateKeyBody,
} from "../contracts/api-key.ts";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

export const keyRoutes = {
  createKey: defineRoute({
    name: "createKey",
    method: "POST",
    path: "/v1/keys",
    lambda: "keys",
    summary: "Make an API key",
    auth: { access: "scope", scope: "account:admin" },
    idempotent: true,
    body: createKeyBody,
    example: { body: { name: "shop", scopes: ["messages:send"] } },
    responses: { 201: { description: "The key, shown this once", body: createdKeySchema } },
    faults: ["not_found"],
  }),
  listKeys: defineRoute({
    name: "listKeys",
    method: "GET",
    path: "/v1/keys",
    lambda: "keys",
    summary: "List API keys",
    auth: { access: "scope", scope: "account:admin" },
    query: z.strictObject(pageQueryShape),
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Keys, without their secrets", body: pageOf(apiKeySchema) } },
    faults: [],
  }),
  rotateKey: defineRoute({
    name: "rotateKey",
    method: "POST",
    path: "/v1/keys/{keyId}/rotate",
    lambda: "keys",
    summary: "Give a key a new secret; the former one lives on for a stated time",
    auth: { access: "scope", scope: "account:admin" },
    idempotent: true,
    params: z.strictObject({ keyId: idSchema("key") }),
    body: rotateKeyBody,
    example: { body: { overlapSeconds: 86_400 } },
    responses: { 201: { description: "The new key, shown this once", body: rotatedKeySchema } },
    faults: ["not_found", "change_in_progress"],
  }),
  deleteKey: defineRoute({
    name: "deleteKey",
    method: "DELETE",
    path: "/v1/keys/{keyId}",
    lambda: "keys",
    summary: "Revoke an API key at once; its WebSockets are closed",
    auth: { access: "scope", scope: "account:admin" },
    params: z.strictObject({ keyId: idSchema("key") }),
    responses: { 204: { description: "Revoked" } },
    faults: ["not_found"],
  }),
};
