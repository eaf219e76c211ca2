import { z } from "zod";
import { accountSchema } from "../contracts/account.ts";
import { fleetHealthSchema, setTierBody } from "../contracts/operator.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const auth = { access: "operator" } as const;
const params = z.strictObject({ accountId: idSchema("account") });

export const operatorRoutes = {
  getAccount: defineRoute({
    name: "getAccount",
    method: "GET",
    path: "/v1/operator/accounts/{accountId}",
    lambda: "operator",
    summary: "Any account, for who runs the deployment",
    auth,
    limit: "address",
    params,
    responses: { 200: { description: "The account", body: accountSchema } },
    faults: ["not_found"],
  }),
  setTier: defineRoute({
    name: "setTier",
    method: "PUT",
    path: "/v1/operator/accounts/{accountId}/tier",
    lambda: "operator",
    summary: "Move an account to another plan; sessions beyond a smaller one's limit stay",
    auth,
    limit: "address",
    params,
    body: setTierBody,
    example: { body: { tier: "pro" } },
    responses: { 200: { description: "The account", body: accountSchema } },
    faults: ["not_found"],
  }),
  getFleetHealth: defineRoute({
    name: "getFleetHealth",
    method: "GET",
    path: "/v1/operator/health",
    lambda: "operator",
    summary: "Stores, queues, workers, shards and sessions, looked at now",
    auth,
    limit: "address",
    responses: { 200: { description: "How everything is", body: fleetHealthSchema } },
    faults: [],
  }),
};
