import * as accounts from "#functions/store/accounts.ts";
import * as items from "#functions/store/items.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

const ann = { email: "Ann@Example.com", password: "correct horse", name: "Ann's shop" };

test("who registers is signed in, can sign in again, and is told who they are", async () => {
  const registered = await system.call("register", { body: ann });
  expect(registered.status).toBe(201);
  expect(registered.body.user).toMatchObject({ email: "ann@example.com", role: "owner" });
  expect(registered.body.account).toMatchObject({ tier: "basic", sessionLimit: 5 });

  const { email, password } = ann;
  const signedIn = await system.call("login", { body: { email, password } });
  expect(signedIn.status).toBe(200);
  const me = await system.call("getMe", { token: signedIn.body.accessToken });
  expect(me.body.user).toEqual(registered.body.user);

  const again = await system.call("register", { body: ann });
  expect(again.problem.code).toBe("email_taken");
  expect(system.logLines.join()).not.toContain(password);
});

test("who did not hear the answer registers again with the same key, and has one account", async () => {
  const cid = { email: "cid@example.com", password: "staple battery", name: "Cid" };
  const headers = { "idempotency-key": "one registration" };
  const first = await system.call("register", { body: cid, headers });
  const again = await system.call("register", { body: cid, headers });
  expect(again.status).toBe(201);
  const { account, user } = first.body;
  expect(again.body).toMatchObject({ account, user });
  const me = await system.call("getMe", { token: again.body.accessToken });
  expect(me.body.user).toEqual(user);

  const codeOf = async (body: typeof cid, key?: string) => {
    const sent = key === undefined ? { body } : { body, headers: { "idempotency-key": key } };
    return (await system.call("register", sent)).problem.code;
  };
  expect(await codeOf(cid)).toBe("email_taken");
  expect(await codeOf(cid, "another key")).toBe("email_taken");
  const guess = { ...cid, password: "a wrong guess" };
  expect(await codeOf(guess, "one registration")).toBe("idempotency_key_reused");
  system.advance(25 * 3_600_000);
  expect(await codeOf(cid, "one registration")).toBe("email_taken");
});

test("a registration that crashed half-way is completed by signing in", async () => {
  const bob = { email: "bob@example.com", password: "battery staple", name: "Bob" };
  const { body } = await system.call("register", { body: bob });
  const accountId = body.account.id;
  const userId = body.user.id;
  await items.remove(system.control, accounts.accountKey(accountId));
  await items.remove(system.control, { pk: `acc#${accountId}`, sk: `usr#${userId}` });

  const { name: _, ...credentials } = bob;
  const signedIn = await system.call("login", { body: credentials });
  expect(signedIn.body.account).toEqual(body.account);
  const me = await system.call("getMe", { token: signedIn.body.accessToken });
  expect(me.body.user).toEqual(body.user);
});

test("a member may not make API keys", async () => {
  const { token } = await system.createTenant("member");
  const answer = await system.call("createKey", {
    token,
    body: { name: "x", scopes: ["sessions:read"] },
  });
  expect(answer.status).toBe(403);
  expect(answer.problem.detail).toContain("account:admin");
});
