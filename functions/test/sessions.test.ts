import { wantedKey } from "#shared/items/fleet-item.ts";
import * as accounts from "#functions/store/accounts.ts";
import * as items from "#functions/store/items.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import { expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, qrDraft, statusDraft } from "./events.ts";
import type { System } from "./start-system.ts";
import { withTenant } from "./with-tenant.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
withTenant((scene) => ({ system, tenant } = scene));

const create = (name: string) =>
  system.call("createSession", { token: tenant.token, body: { name } });

function on(sessionId: string) {
  return { token: tenant.token, params: { sessionId } };
}

test("twenty creations at once make as many sessions as the plan allows", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => create(`s${i}`)));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(5);
  const codes = answers.filter(({ status }) => status !== 201).map(({ problem }) => problem.code);
  expect(new Set(codes)).toEqual(new Set(["session_limit_reached"]));
  const listed = await system.call("listSessions", { token: tenant.token });
  expect(listed.body.data).toHaveLength(5);
});

test("a taken name is answered with the session that has it; deleting that frees the name", async () => {
  const first = await create("Sales");
  const second = await create("Sales");
  expect(second.problem).toMatchObject({
    code: "session_name_taken",
    existingSessionId: first.body.id,
  });
  expect((await system.call("deleteSession", on(first.body.id))).status).toBe(204);
  expect((await system.call("getSession", on(first.body.id))).status).toBe(404);
  expect((await system.call("deleteSession", on(first.body.id))).status).toBe(404);
  expect(await system.takeCommands()).toMatchObject([
    { type: "session.disconnect.v1", forget: true },
  ]);
  expect((await create("Sales")).status).toBe(201);
});

test("a creation that crashed after taking the name is completed by the next", async () => {
  const first = await create("Sales");
  const key = sessionKey(tenant.accountId, first.body.id);
  await items.remove(system.control, key);
  const second = await create("Sales");
  expect(second.problem["existingSessionId"]).toBe(first.body.id);
  const found = await system.call("getSession", on(first.body.id));
  expect(found.body).toEqual(first.body);
});

test("names like __proto__ are names", async () => {
  const made = await create("__proto__");
  expect(made.status).toBe(201);
  expect((await create("__proto__")).problem.code).toBe("session_name_taken");
  expect((await accounts.get(system.control, tenant.accountId)).name).toBe("Acme");
});

test("sessions are listed page by page, each once, and a cursor is good for its own list only", async () => {
  for (const name of ["a", "b", "c", "d", "e"]) await create(name);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: "2", ...(cursor !== null && { cursor }) };
    const page: { data: { name: string }[]; nextCursor: string | null } = (
      await system.call("listSessions", { token: tenant.token, query })
    ).body;
    seen.push(...page.data.map((session) => session.name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen.toSorted()).toEqual(["a", "b", "c", "d", "e"]);

  const first = await system.call("listSessions", { token: tenant.token, query: { limit: "1" } });
  const other = await system.createTenant();
  const query = { cursor: first.body.nextCursor ?? "" };
  const foreign = await system.call("listSessions", { token: other.token, query });
  expect(foreign.problem.code).toBe("validation_failed");
});

test("connect waits for the code and gives it as a picture", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  system.whileWaiting(() =>
    dispatchEvents(
      system,
      owner,
      makeEvent(owner, "1.1", statusDraft("qr_ready")),
      makeEvent(owner, "1.2", qrDraft(system.now() + 60_000, "2@first")),
    ),
  );
  const answer = await system.call("connectSession", on(owner.sessionId));
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ qr: "2@first", qrAttempt: 1, maxAttempts: 3 });
  expect("qrCode" in answer.body && answer.body.qrCode).toMatch(/^data:image\/png;base64,/);

  const [command] = await system.takeCommands();
  expect(command).toMatchObject({ type: "session.connect.v1", ...owner });
  const wanted = await items.find(system.fleet, wantedKey(0, owner.sessionId));
  expect(wanted).toMatchObject({
    connectId: command?.type === "session.connect.v1" && command.connectId,
  });
});

test("connect does not answer with the code of an earlier connection", async () => {
  const owner = await createSessionIn(system, tenant, "qr_ready");
  await dispatchEvents(system, owner, makeEvent(owner, "1.2", qrDraft(system.now() + 60_000)));
  const answer = await system.call("connectSession", on(owner.sessionId));
  expect(answer.status).toBe(202);
  expect(answer.body).toEqual({ status: "connecting", retryIn: 3_000 });
});

test("connect says that it is under way, or that the session became active meanwhile", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  const waiting = await system.call("connectSession", on(owner.sessionId));
  expect(waiting.body).toEqual({ status: "connecting", retryIn: 3_000 });
  system.whileWaiting(() =>
    dispatchEvents(system, owner, makeEvent(owner, "1.1", statusDraft("active"))),
  );
  const linked = await system.call("connectSession", on(owner.sessionId));
  expect([linked.status, linked.body]).toEqual([202, { status: "active", retryIn: 3_000 }]);
  const again = await system.call("connectSession", on(owner.sessionId));
  expect(again.problem.code).toBe("session_already_connected");
});

test("stop and disconnect end the wish to be connected, restart renews it", async () => {
  const owner = await createSessionIn(system, tenant);
  const wanted = () => items.find(system.fleet, wantedKey(0, owner.sessionId));
  expect((await system.call("restartSession", on(owner.sessionId))).status).toBe(202);
  expect(await wanted()).toBeDefined();
  expect((await system.call("stopSession", on(owner.sessionId))).status).toBe(202);
  expect(await wanted()).toBeUndefined();
  await system.call("restartSession", on(owner.sessionId));
  expect((await system.call("disconnectSession", on(owner.sessionId))).status).toBe(202);
  expect(await wanted()).toBeUndefined();
  const types = (await system.takeCommands()).map((command) => command.type);
  expect(types).toEqual([
    "session.restart.v1",
    "session.stop.v1",
    "session.restart.v1",
    "session.disconnect.v1",
  ]);
});

test("the QR route tells never connected, not ready, ready and connected apart", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  const ask = (accept = "application/json") =>
    system.call("getSessionQr", { ...on(owner.sessionId), headers: { accept } });
  expect((await ask()).problem.code).toBe("no_qr_code");

  await dispatchEvents(system, owner, makeEvent(owner, "1.1", statusDraft("connecting")));
  const early = await ask();
  expect(early.problem).toMatchObject({ code: "qr_code_not_ready", retryIn: 3_000 });
  expect(early.headers["retry-after"]).toBe("3");

  await dispatchEvents(system, owner, makeEvent(owner, "1.2", qrDraft(system.now() + 20_000)));
  expect((await ask()).body.qr).toBe("2@code");
  const png = await ask("image/png");
  expect(Buffer.from(png.text, "base64").subarray(1, 4).toString()).toBe("PNG");
  expect(png.headers["content-type"]).toBe("image/png");
  const svg = await ask("image/svg+xml, */*;q=0.1");
  expect(Buffer.from(svg.text, "base64").toString()).toContain("<svg");

  system.advance(21_000);
  expect((await ask()).problem.code).toBe("qr_code_not_ready");
  await dispatchEvents(system, owner, makeEvent(owner, "1.3", statusDraft("active")));
  expect((await ask()).problem.code).toBe("session_already_connected");
  const status = await system.call("getSessionStatus", on(owner.sessionId));
  expect(status.body).toMatchObject({ isConnected: true, hasQrCode: false, phone: "+14155550123" });
});
