import { defaultSettings } from "#shared/contracts/session-settings.ts";
import * as items from "#functions/store/items.ts";
import * as sessionNames from "#functions/store/session-names.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import { wantedKey } from "#shared/items/fleet-item.ts";
import type { WantedItem } from "#shared/items/fleet-item.ts";
import { expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, qrDraft, statusDraft } from "./events.ts";
import type { System } from "./start-system.ts";
import { withTenant } from "./with-tenant.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
withTenant((scene) => ({ system, tenant } = scene));

const on = (sessionId: string, body?: object) => ({
  token: tenant.token,
  params: { sessionId },
  ...(body && { body }),
});

test("what only a worker can do brings one although no session wants to be connected, for some minutes", async () => {
  await system.testFleet.resize();
  const never = await createSessionIn(system, tenant, "inactive", "Never connected");
  await system.call("deleteSession", on(never.sessionId));
  expect(system.testFleet.workers()).toBe(0);
  for (const name of ["disconnectSession", "exportSession", "deleteSession"] as const) {
    const { sessionId } = await createSessionIn(system, tenant, "active", name);
    await system.call("stopSession", on(sessionId));
    expect(system.testFleet.workers()).toBe(0);
    await system.call(name, on(sessionId));
    expect(system.testFleet.workers()).toBe(1);
    expect(await system.testFleet.resize()).toEqual({ workers: 1 });
    system.advance(5 * 60_000);
    expect(await system.testFleet.resize()).toEqual({ workers: 0 });
  }
});

test("a session that nobody takes up is connecting for three minutes, then an error that says why", async () => {
  const { sessionId } = await createSessionIn(system, tenant, "inactive");
  expect((await system.call("connectSession", on(sessionId))).status).toBe(202);
  const status = async () => (await system.call("getSessionStatus", on(sessionId))).body;
  expect((await status()).status).toBe("connecting");
  system.advance(3 * 60_000);
  expect(await status()).toMatchObject({
    status: "error",
    reason: "no_worker",
    canReconnect: true,
    isConnected: false,
  });
  expect((await system.call("getSession", on(sessionId))).body.status).toBe("error");
  expect((await system.call("getSessionQr", on(sessionId))).problem.code).toBe("no_qr_code");
});

test("a connect that is stopped before a worker has taken it up is over, and the next one begins anew", async () => {
  const { sessionId } = await createSessionIn(system, tenant, "inactive");
  await system.call("connectSession", on(sessionId));
  expect((await system.call("stopSession", on(sessionId))).body.status).toBe("inactive");
  const { body } = await system.call("getSessionStatus", on(sessionId));
  expect(body).toMatchObject({ status: "inactive", reason: "stopped_by_user", canReconnect: true });
  await system.call("connectSession", on(sessionId));
  const types = (await system.takeCommands()).map(({ type }) => type);
  expect(types).toEqual(["session.connect.v1", "session.stop.v1", "session.connect.v1"]);
});

test("connects that come while one is under way join it; one with another phone does not", async () => {
  const { sessionId } = await createSessionIn(system, tenant, "inactive");
  const connect = (body?: object) => system.call("connectSession", on(sessionId, body));
  await Promise.all([connect(), connect(), connect()]);
  expect(await system.takeCommands()).toMatchObject([{ type: "session.connect.v1" }]);
  await connect({ phone: "+1 (415) 555-0123" });
  expect(await system.takeCommands()).toMatchObject([
    { type: "session.connect.v1", phone: "14155550123" },
  ]);
  const wish = await items.find<WantedItem>(system.fleet, wantedKey(0, sessionId));
  expect(wish?.phone).toBe("14155550123");
});

test("a reconnect while a code is shown asks for a fresh one and answers with that", async () => {
  const owner = await createSessionIn(system, tenant, "connecting");
  const show = (cursor: string, qr: string) =>
    dispatchEvents(system, owner, makeEvent(owner, cursor, qrDraft(system.now() + 60_000, qr)));
  await show("1.2", "old");
  system.whileWaiting(() => show("1.4", "new"));
  const answer = await system.call("reconnectSession", on(owner.sessionId));
  expect(answer.body).toMatchObject({ qr: "new" });
  expect(await system.takeCommands()).toMatchObject([{ type: "session.connect.v1" }]);
});

test("settings are stored, shown, merged, and told to the runner and the next owner", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  await system.call("connectSession", on(owner.sessionId));
  expect(await system.takeCommands()).toMatchObject([
    { settings: { markOnline: false, pacing: null } },
  ]);
  const change = (settings: object) =>
    system.call("updateSession", on(owner.sessionId, { settings }));
  await change({ markOnline: true });
  const pacing = { perMinute: 20, burst: 5 };
  const settings = { ...defaultSettings, markOnline: true, pacing };
  expect((await change({ pacing })).body.settings).toEqual(settings);
  expect((await system.call("getSession", on(owner.sessionId))).body.settings).toEqual(settings);
  const commands = await system.takeCommands();
  expect(commands.at(-1)).toMatchObject({ type: "session.configure.v1", settings });
  const wish = await items.find<WantedItem>(system.fleet, wantedKey(0, owner.sessionId));
  expect(wish?.settings).toEqual(settings);
  for (const bad of [{ pacing: { perMinute: 0, burst: 1 } }, { proxy: "http://10.0.0.1" }, {}]) {
    const answer = await system.call("updateSession", on(owner.sessionId, { settings: bad }));
    expect(answer.status).toBe(Object.keys(bad).length === 0 ? 200 : 400);
  }
});

test("changes of a session at the same moment are all made", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  await system.call("connectSession", on(owner.sessionId));
  const changes = [
    { name: "Support" },
    { settings: { markOnline: true } },
    { settings: { rejectCalls: true } },
    { settings: { muteWebhooks: true } },
  ];
  const answers = await Promise.all(
    changes.map((body) => system.call("updateSession", on(owner.sessionId, body))),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const settings = { markOnline: true, rejectCalls: true, muteWebhooks: true };
  const { body } = await system.call("getSession", on(owner.sessionId));
  expect(body).toMatchObject({ name: "Support", settings });
  expect((await system.takeCommands()).at(-1)).toMatchObject({ settings });
  const wish = await items.find<WantedItem>(system.fleet, wantedKey(0, owner.sessionId));
  expect(wish?.settings).toMatchObject(settings);
});

test("a renamed session frees its old name, also when the renaming was cut short and it is deleted", async () => {
  const owner = await createSessionIn(system, tenant, "inactive", "Sales");
  const renamed = await system.call("updateSession", on(owner.sessionId, { name: "Support" }));
  expect(renamed.body.name).toBe("Support");
  const other = await system.call("createSession", {
    token: tenant.token,
    body: { name: "Sales" },
  });
  expect(other.status).toBe(201);

  // Cut short: the name has moved, the session does not know it.
  const key = sessionKey(tenant.accountId, owner.sessionId);
  const item = await items.find(system.control, key);
  await sessionNames.move(system.control, item as never, "Third");
  const again = await system.call("updateSession", on(owner.sessionId, { name: "Third" }));
  expect([again.status, again.body.name]).toEqual([200, "Third"]);
  await sessionNames.move(
    system.control,
    (await items.find(system.control, key)) as never,
    "Fourth",
  );
  expect((await system.call("deleteSession", on(owner.sessionId))).status).toBe(204);
  const freed = await system.call("createSession", {
    token: tenant.token,
    body: { name: "Fourth" },
  });
  expect(freed.status).toBe(201);
});

test("an account at its limit can still rename", async () => {
  const owner = await createSessionIn(system, tenant, "inactive", "one");
  for (const name of ["two", "three", "four", "five"]) {
    await createSessionIn(system, tenant, "inactive", name);
  }
  const renamed = await system.call("updateSession", on(owner.sessionId, { name: "uno" }));
  expect(renamed.status).toBe(200);
});

/** The id of a bundle that a session was exported into. */
async function exportOne(): Promise<string> {
  const source = await createSessionIn(system, tenant, "active", "source");
  await system.call("exportSession", on(source.sessionId));
  await dispatchEvents(
    system,
    source,
    makeEvent(source, "2.1", { ...statusDraft("inactive", "exported") }),
  );
  const exported = await system.call("exportSession", on(source.sessionId));
  if (!("bundleId" in exported.body)) throw new Error("there is no bundle");
  return exported.body.bundleId;
}

test("a bundle is for one session: claimed by the first, refused to the second, free again when it could not be opened", async () => {
  const bundleId = await exportOne();
  const [first, second] = [
    await createSessionIn(system, tenant, "inactive", "first"),
    await createSessionIn(system, tenant, "inactive", "second"),
  ];
  const take = (sessionId: string) => system.call("importSession", on(sessionId, { bundleId }));
  expect((await take(first.sessionId)).problem).toMatchObject({ code: "bundle_missing" });
  system.bundles.stored.add(bundleId);
  expect((await take(first.sessionId)).status).toBe(202);
  expect((await take(second.sessionId)).problem).toMatchObject({
    code: "bundle_already_imported",
    importedInto: first.sessionId,
  });
  const fail = statusDraft("error", "bundle_unreadable");
  system.whileWaiting(() => dispatchEvents(system, first, makeEvent(first, "1.1", fail)));
  expect((await take(first.sessionId)).problem.code).toBe("bundle_unreadable");
  const done = statusDraft("inactive", "imported");
  system.whileWaiting(() => dispatchEvents(system, second, makeEvent(second, "1.1", done)));
  expect((await take(second.sessionId)).status).toBe(200);
  // Once it is over, not even its own session may have it a second time.
  expect((await take(second.sessionId)).problem.code).toBe("bundle_already_imported");
});

test("an import that was over before it is asked about again is not done again", async () => {
  const bundleId = await exportOne();
  system.bundles.stored.add(bundleId);
  const session = await createSessionIn(system, tenant, "inactive", "slow");
  const { sessionId } = session;
  const take = () => system.call("importSession", on(sessionId, { bundleId }));
  expect((await take()).status).toBe(202);
  await system.takeCommands();
  const done = statusDraft("inactive", "imported");
  await dispatchEvents(system, session, makeEvent(session, "1.1", done));
  expect((await take()).status).toBe(200);
  expect(await system.takeCommands()).toEqual([]);
});
