import { newId } from "#shared/ids.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionIn } from "./events.ts";
import type { RequestOptions, RouteName } from "./request-event.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

const table: Record<string, RouteDefinition> = routes;
const names = Object.keys(table) as RouteName[];
const guarded = names.filter((name) => table[name]?.auth.access !== "public");
const withSession = names.filter((name) => table[name]?.path.includes("{sessionId}"));

let system: System;
let request: RequestOptions;
let powerless: string;
let stranger: string;

beforeAll(async () => {
  system = await startSystem();
  const [owner, other] = [await system.createTenant(), await system.createTenant()];
  const { sessionId } = await createSessionIn(system, owner);
  const body = { name: "none", scopes: ["webhooks:write"] };
  powerless = (await system.call("createKey", { token: owner.token, body })).body.key;
  stranger = other.token;
  request = {
    params: { sessionId, messageId: newId("message"), keyId: newId("key") },
    body: { to: "14155550123", type: "text", text: { body: "hi" } },
  };
  await system.takeCommands();
});
afterAll(() => system[Symbol.asyncDispose]());

/** What a route takes of the request, so that nothing else is wrong with it. */
function fit(name: RouteName): RequestOptions {
  const { params = {}, body } = request;
  const wanted = Object.entries(params).filter(([param]) =>
    table[name]?.path.includes(`{${param}}`),
  );
  return { params: Object.fromEntries(wanted), ...(table[name]?.body && { body }) };
}

async function writes(): Promise<number> {
  return system.dynamodb.meter.read()["dynamodb.write-units"] ?? 0;
}

describe("every route but the public ones", () => {
  test.for(guarded)("%s asks for a credential", async (name) => {
    expect((await system.call(name, fit(name))).status).toBe(401);
  });

  test.for(guarded)("%s asks for its scope", async (name) => {
    expect((await system.call(name, { ...fit(name), apiKey: powerless })).status).toBe(403);
  });
});

describe("every route of a session", () => {
  test.for(withSession)("%s hides it from other tenants and does nothing", async (name) => {
    const before = await writes();
    expect((await system.call(name, { ...fit(name), token: stranger })).status).toBe(404);
    expect(await writes()).toBe(before);
    expect(await system.takeCommands()).toEqual([]);
  });
});
