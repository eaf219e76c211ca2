import * as items from "#functions/store/items.ts";
import * as sessions from "#functions/store/sessions.ts";
import { wantedKey } from "#shared/items/fleet-item.ts";
import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import type { MockInstance } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, statusDraft } from "./events.ts";
import type { Owner } from "./events.ts";
import type { System } from "./start-system.ts";
import { withTenant } from "./with-tenant.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
withTenant((scene) => ({ system, tenant } = scene));
afterEach(() => vi.restoreAllMocks());

const connect = ({ sessionId }: Owner, body?: object) =>
  system.call("connectSession", {
    token: tenant.token,
    params: { sessionId },
    ...(body && { body }),
  });

/** Between a connect's look at its session and its write, the first `times` times. */
function inThatInstant(run: (time: number) => Promise<unknown>, times = 1): void {
  const { client } = system.control;
  const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
  let time = 0;
  const spy = vi.spyOn(client, "send") as unknown as MockInstance<typeof send>;
  spy.mockImplementation(async (command) => {
    const isBegin =
      command instanceof UpdateCommand &&
      command.input.ExpressionAttributeValues?.[":connecting"] !== undefined;
    if (isBegin && time < times) await run((time += 1));
    return send(command);
  });
}

test.for([
  ["the same status at a later time", statusDraft("inactive", "imported")],
  ["another status", statusDraft("error", "bundle_unreadable")],
] as const)("a connect that an event overtakes asks all the same: %s", async ([, draft]) => {
  const owner = await createSessionIn(system, tenant, "inactive");
  inThatInstant(() => dispatchEvents(system, owner, makeEvent(owner, "1.1", draft)));
  const answer = await connect(owner);
  expect([answer.status, answer.body]).toEqual([202, { status: "connecting", retryIn: 3_000 }]);
  expect(await system.takeCommands()).toMatchObject([{ type: "session.connect.v1", ...owner }]);
  expect(await items.find(system.fleet, wantedKey(0, owner.sessionId))).toBeDefined();
});

test("one that finds itself overtaken is refused as if it had come later", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  inThatInstant(() =>
    dispatchEvents(system, owner, makeEvent(owner, "1.1", statusDraft("active"))),
  );
  expect((await connect(owner)).problem.code).toBe("session_already_connected");
  vi.restoreAllMocks();
  const gone = await createSessionIn(system, tenant, "inactive", "Gone");
  const key = sessions.sessionKey(tenant.accountId, gone.sessionId);
  inThatInstant(async () => {
    const session = await items.find<sessions.SessionItem>(system.control, key);
    if (session) await sessions.markDeleted(system.control, session);
  });
  expect((await connect(gone)).problem.code).toBe("not_found");
  expect(await system.takeCommands()).toEqual([]);
});

test("one that another call overtakes joins it, unless that is for another phone", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  inThatInstant(() => connect(owner));
  expect((await connect(owner)).status).toBe(202);
  expect(await system.takeCommands()).toMatchObject([{ type: "session.connect.v1" }]);
  vi.restoreAllMocks();
  system.advance(60_000);
  inThatInstant(() => connect(owner));
  await connect(owner, { phone: "+14155550123" });
  expect(await system.takeCommands()).toMatchObject([
    { type: "session.connect.v1" },
    { type: "session.connect.v1", phone: "14155550123" },
  ]);
});

test("where its status does not keep still, a connect says so", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  const tell = (time: number) => {
    const draft = statusDraft(time % 2 === 0 ? "inactive" : "error");
    return dispatchEvents(system, owner, makeEvent(owner, `1.${time}`, draft));
  };
  inThatInstant(tell, 100);
  const { problem, headers } = await connect(owner);
  expect([problem.code, headers["retry-after"]]).toEqual(["change_in_progress", "1"]);
  expect(await system.takeCommands()).toEqual([]);
});

test("of a connect in the instant of a stop nothing is left that would come true later", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  const { client } = system.fleet;
  const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
  const spy = vi.spyOn(client, "send") as unknown as MockInstance<typeof send>;
  let isTakenBack = false;
  spy.mockImplementation(async (command) => {
    const answer = await send(command);
    if (command instanceof DeleteCommand && !isTakenBack) {
      isTakenBack = true;
      await connect(owner);
    }
    return answer;
  });
  const on = { token: tenant.token, params: { sessionId: owner.sessionId } };
  expect((await system.call("stopSession", on)).status).toBe(202);
  const types = (await system.takeCommands()).map(({ type }) => type);
  expect(types).toEqual(["session.connect.v1", "session.stop.v1"]);
  expect(await items.find(system.fleet, wantedKey(0, owner.sessionId))).toBeUndefined();
  const { body } = await system.call("getSessionStatus", on);
  expect(body).toMatchObject({ status: "inactive", reason: "stopped_by_user" });
});
