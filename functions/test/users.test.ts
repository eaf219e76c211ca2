import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let owner: Awaited<ReturnType<System["createTenant"]>>;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());
beforeEach(async () => (owner = await system.createTenant()));

let count = 0;
const freshEmail = () => `guest${(count += 1)}@example.com`;
const password = "correct horse";

const invite = (token: string, body: object) => system.call("inviteUser", { token, body });
const accept = (token: string) => system.call("acceptInvitation", { body: { token, password } });
const changeRole = (token: string, userId: string, role: string) =>
  system.call("changeUserRole", { token, params: { userId }, body: { role } });
const remove = (token: string, userId: string) =>
  system.call("removeUser", { token, params: { userId } });
const meAs = async (token: string) => (await system.call("getMe", { token })).status;

test("who is invited joins the account with the token, once, and signs in from then on", async () => {
  const email = freshEmail();
  const invited = await invite(owner.token, { email });
  expect(invited.status).toBe(201);
  expect(invited.body.user).toMatchObject({ email, role: "member", status: "invited" });
  expect((await system.call("login", { body: { email, password } })).status).toBe(401);

  const joined = await accept(invited.body.token);
  expect(joined.status).toBe(201);
  expect(joined.body.account.id).toBe(owner.accountId);
  expect((await accept(invited.body.token)).problem.code).toBe("invitation_invalid");
  expect((await system.call("login", { body: { email, password } })).status).toBe(200);
  const listed = await system.call("listUsers", { token: owner.token });
  expect(listed.body.data.map((user) => [user.role, user.status])).toEqual(
    expect.arrayContaining([
      ["owner", "active"],
      ["member", "active"],
    ]),
  );
});

test("an invitation ends after a week, when it is renewed, and when it is taken back", async () => {
  const email = freshEmail();
  const first = await invite(owner.token, { email });
  const second = await invite(owner.token, { email, role: "admin" });
  expect(second.body.user.id).toBe(first.body.user.id);
  expect((await accept(first.body.token)).problem.code).toBe("invitation_invalid");
  expect((await remove(owner.token, second.body.user.id)).status).toBe(204);
  expect((await accept(second.body.token)).problem.code).toBe("invitation_invalid");
  const third = await invite(owner.token, { email });
  system.advance(7 * 24 * 3_600_000 + 1_000);
  expect((await accept(third.body.token)).problem.code).toBe("invitation_invalid");
});

test("an inviter does not learn whether an email is registered elsewhere", async () => {
  const email = freshEmail();
  await system.call("register", { body: { email, password, name: "Elsewhere" } });
  const invited = await invite(owner.token, { email });
  expect(invited.status).toBe(201);
  expect((await accept(invited.body.token)).problem.code).toBe("email_taken");
});

test("a new role counts at once", async () => {
  const member = await system.createUser(owner.accountId, "member");
  const { token } = member;
  expect((await invite(token, { email: freshEmail() })).status).toBe(403);
  expect((await changeRole(owner.token, member.userId, "admin")).body.role).toBe("admin");
  expect((await invite(token, { email: freshEmail() })).status).toBe(201);
  await changeRole(owner.token, member.userId, "member");
  expect((await invite(token, { email: freshEmail() })).status).toBe(403);
});

test("who is removed is out at once, and cannot come back", async () => {
  const email = freshEmail();
  const { token } = (await invite(owner.token, { email })).body;
  const { body } = await accept(token);
  expect(await meAs(body.accessToken)).toBe(200);
  expect((await remove(owner.token, body.user.id)).status).toBe(204);
  expect(await meAs(body.accessToken)).toBe(401);
  const { refreshToken } = body;
  expect((await system.call("refresh", { body: { refreshToken } })).status).toBe(401);
  expect((await system.call("login", { body: { email, password } })).status).toBe(401);
  expect((await remove(owner.token, body.user.id)).status).toBe(404);
});

test("API keys are the account's: they outlive their maker, who is shown, unless they shall go as well", async () => {
  const maker = await system.createUser(owner.accountId, "admin");
  const body = { name: "shop", scopes: ["sessions:read"] };
  const make = async (token: string) => (await system.call("createKey", { token, body })).body;
  const works = async (apiKey: string) => (await system.call("listSessions", { apiKey })).status;
  const made = await make(maker.token);
  expect(made.createdBy).toEqual({ kind: "user", id: maker.userId });
  expect((await remove(owner.token, maker.userId)).status).toBe(204);
  expect(await works(made.key)).toBe(200);

  const leaver = await system.createUser(owner.accountId, "admin");
  const [known, renewed, others] = [
    await make(leaver.token),
    await make(leaver.token),
    await make(owner.token),
  ];
  const rotate = async (token: string, keyId: string, overlapSeconds: number) =>
    (await system.call("rotateKey", { token, params: { keyId }, body: { overlapSeconds } })).body;
  const safe = await rotate(owner.token, renewed.id, 0);
  const seen = await rotate(leaver.token, others.id, 60);
  const stillKnown = await rotate(owner.token, others.id, 60);
  const query = { keys: "revoke" };
  const params = { userId: leaver.userId };
  const removed = await system.call("removeUser", { token: owner.token, params, query });
  expect(removed.status).toBe(204);
  for (const { key } of [known, others, seen, stillKnown]) expect(await works(key)).toBe(401);
  expect([await works(safe.key), await works(made.key)]).toEqual([200, 200]);
});

test("the last owner stays: not demoted, not removed, whoever else is there", async () => {
  await system.createUser(owner.accountId, "admin");
  await invite(owner.token, { email: freshEmail(), role: "owner" });
  const demoted = await changeRole(owner.token, owner.userId, "admin");
  expect([demoted.status, demoted.problem.code]).toEqual([409, "last_owner"]);
  expect((await remove(owner.token, owner.userId)).problem.code).toBe("last_owner");
  const second = await system.createUser(owner.accountId, "owner");
  expect((await changeRole(owner.token, owner.userId, "admin")).status).toBe(200);
  expect((await remove(second.token, second.userId)).problem.code).toBe("last_owner");
});

test("of two owners who remove each other at the same time one stays", async () => {
  const second = await system.createUser(owner.accountId, "owner");
  await Promise.all([
    remove(owner.token, second.userId),
    remove(second.token, owner.userId),
    changeRole(owner.token, second.userId, "member"),
    changeRole(second.token, owner.userId, "member"),
  ]);
  const owners = await Promise.all(
    [owner, second].map(async ({ token }) => {
      const { status, body } = await system.call("getMe", { token });
      return status === 200 && body.user?.role === "owner";
    }),
  );
  expect(owners).toContain(true);
});

test("admins manage admins and members, owners only among owners", async () => {
  const admin = await system.createUser(owner.accountId, "admin");
  const member = await system.createUser(owner.accountId, "member");
  expect((await changeRole(admin.token, member.userId, "owner")).status).toBe(403);
  expect((await changeRole(admin.token, owner.userId, "member")).status).toBe(403);
  expect((await remove(admin.token, owner.userId)).status).toBe(403);
  expect((await invite(admin.token, { email: freshEmail(), role: "owner" })).status).toBe(403);
  expect((await changeRole(admin.token, member.userId, "admin")).status).toBe(200);
});

test("a key invites nobody who may do more than it may itself", async () => {
  const scopes = ["account:admin", "account:read"];
  const made = await system.call("createKey", { token: owner.token, body: { name: "x", scopes } });
  const body = { email: freshEmail(), role: "admin" };
  const refused = await system.call("inviteUser", { apiKey: made.body.key, body });
  expect(refused.status).toBe(403);
  expect(refused.problem.detail).toContain("messages:send");
});

test("a change that crashed holds others up for half a minute only", async () => {
  const member = await system.createUser(owner.accountId, "member");
  const match = "REMOVE teamLockedUntil";
  const stop = system.dynamodb.faults.add({ kind: "refuse", operation: "UpdateItem", match });
  expect((await changeRole(owner.token, member.userId, "admin")).status).toBe(200);
  stop();
  const busy = await remove(owner.token, member.userId);
  expect([busy.problem.code, busy.headers["retry-after"]]).toEqual(["change_in_progress", "1"]);
  system.advance(31_000);
  expect((await remove(owner.token, member.userId)).status).toBe(204);
});
