import { scopes } from "#shared/routes/define-route.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fuzzApi } from "./fuzz-api.ts";
import type { Known } from "./fuzz-api.ts";
import { makeOneOfEach } from "./one-of-each.ts";
import { operatorSecret, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

/** `WAFLEET_FUZZ_RUNS=10000 npx vitest run functions/test/fuzz` for the long form. */
const runs = Number(process.env["WAFLEET_FUZZ_RUNS"] ?? 400);

let system: System;
const rejections: unknown[] = [];
const note = (reason: unknown) => void rejections.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", note);
  system = await startSystem();
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await system[Symbol.asyncDispose]();
});

/** Few enough that what a request ends (its key, its session, its sign-in) is soon there again. */
const runsOfOneTenant = 50;

async function startTenant(): Promise<Known> {
  const owner = await system.createTenant();
  const { token } = owner;
  const { params } = await makeOneOfEach(system, owner);
  const { key } = (await system.call("createKey", { token, body: { name: "all", scopes } })).body;
  return { token, apiKey: key, operatorSecret, params };
}

test(
  "whatever is sent, nothing breaks, and no log line holds a secret",
  { timeout: 3_600_000 },
  async () => {
    for (let done = 0; done < runs; done += runsOfOneTenant) {
      await fuzzApi(system, await startTenant(), runsOfOneTenant);
      system.logLines.length = 0;
    }
    expect(rejections).toEqual([]);
  },
);
