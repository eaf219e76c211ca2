import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { makeOneOfEach, paramsOf } from "./one-of-each.ts";
import type { RequestOptions, RouteName } from "./request-event.ts";
import { badCredentials, makeCredentials } from "./credentials.ts";
import type { Credential } from "./credentials.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

const table: Record<string, RouteDefinition> = routes;
const names = Object.keys(table) as RouteName[];
const withAccess = (...kinds: string[]) =>
  names.filter((name) => kinds.includes(table[name]?.auth.access ?? ""));
const guarded = withAccess("user", "scope");
const scoped = withAccess("scope");
const withId = guarded.filter((name) => table[name]?.path.includes("{"));

/** Each is shown to every route; the route has to refuse it. */
const bad: Record<string, Credential> = {};
const foreign: Record<string, Credential> = {};
const allBut: Record<string, Credential> = {};

let system: System;
let params: Record<string, string>;

beforeAll(async () => {
  system = await startSystem();
  const credentials = await makeCredentials(system);
  const { owner } = credentials;
  Object.assign(bad, credentials.bad);
  Object.assign(foreign, credentials.foreign);
  Object.assign(allBut, credentials.allBut);

  ({ params } = await makeOneOfEach(system, owner));
  system.work.take();
  system.batchWork.take();
  while ((await system.takeCommands()).length > 0);
});
afterAll(() => system[Symbol.asyncDispose]());

/** A request with which nothing is wrong but the credential. */
function fit(name: RouteName): RequestOptions {
  const { body, example } = table[name] as RouteDefinition;
  return {
    params: paramsOf(name, params),
    ...(example?.query && { query: example.query }),
    ...(body && { body: example?.body }),
  };
}

/** Everything but the audit, which is there to tell of the try. */
async function everything(): Promise<string> {
  const { control, logins, messages, fleet, webhooks, secrets } = system;
  const tables = [control, logins, messages, fleet, webhooks, secrets];
  const stored = await Promise.all(tables.map(allItems));
  return (
    stored.join() +
    JSON.stringify([await system.takeCommands(), system.work.take(), system.batchWork.take()])
  );
}

/** Shows the credential, and looks at what it changed. */
async function showTo(name: RouteName, credential: Credential = {}) {
  const before = await everything();
  const answer = await system.call(name, { ...fit(name), ...credential });
  expect(await everything(), "no side effect").toBe(before);
  return answer;
}

describe("every route but the public ones refuses", () => {
  const cases = badCredentials.flatMap((credential) =>
    guarded.map((name) => [name, credential] as const),
  );

  test.for(cases)("%s: %s", async ([name, credential]) => {
    expect((await showTo(name, bad[credential])).status).toBe(401);
  });
});

test.for(scoped)("%s asks for its scope, and no other will do", async (name) => {
  const auth = table[name]?.auth;
  if (auth?.access !== "scope") throw new Error(`${name} asks for no scope`);
  const { status, problem } = await showTo(name, allBut[auth.scope]);
  expect([status, problem.code]).toEqual([403, "forbidden"]);
  expect(problem.detail).toContain(auth.scope);
});

test.for(withAccess("user"))("%s is for people: no key will do", async (name) => {
  expect((await showTo(name, allBut["webhooks:write"])).status).toBe(403);
});

describe("what belongs to one tenant does not exist for another", () => {
  const cases = ["another tenant's token", "another tenant's key"].flatMap((credential) =>
    withId.map((name) => [name, credential] as const),
  );

  test.for(cases)("%s: %s", async ([name, credential]) => {
    const { status, problem } = await showTo(name, foreign[credential]);
    expect([status, problem.code]).toEqual([404, "not_found"]);
  });
});

test.for(withAccess("operator"))("%s is for operators alone", async (name) => {
  const credentials = [...Object.values(foreign), ...Object.values(allBut), {}];
  for (const credential of credentials) {
    expect((await showTo(name, credential)).status).toBe(401);
  }
});
