// What the multi-tenant API had, as far as accounts, keys and sessions go.
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsOf, outcome, pathOf } from "../calls.ts";
import { request, startScene } from "../start-scene.ts";
import type { Scene } from "../start-scene.ts";

let scene: Scene;

/** So high that a test meets them only where it wants to. */
const rateLimits = "address:300,account:3000,key:2000,session:10";

beforeAll(async () => (scene = await startScene({ runtime: { workers: 0, rateLimits } })));
afterAll(() => scene.stop());

const post = (path: string, body: object, token?: string) =>
  request(scene, path, {
    method: "POST",
    body: JSON.stringify(body),
    ...(token !== undefined && { token }),
  });

test("subscription, user, session, API key: each belongs to the one before it", async () => {
  const tenant = await scene.createTenant();
  const me = await callsOf(scene, tenant.accessToken).get("/v1/me");
  expect(me.body).toMatchObject({
    account: { tier: "basic", sessionLimit: 5 },
    user: { email: tenant.email, role: "owner" },
  });
  const made = await post(
    "/v1/keys",
    { name: "bound", scopes: ["sessions:read"], sessionId: tenant.sessionId },
    tenant.accessToken,
  );
  const bound = callsOf(scene, String(made.body["key"]));
  const listed = (await bound.get("/v1/sessions")).body["data"] as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual([tenant.sessionId]);
  expect(outcome(await bound.post("/v1/sessions", { name: "x" }))).toEqual([403, "forbidden"]);
});

test("tokens and API keys behind one Bearer", async () => {
  const tenant = await scene.createTenant();
  for (const token of [tenant.accessToken, tenant.key]) {
    expect((await callsOf(scene, token).get("/v1/sessions")).status).toBe(200);
  }
});

test("register, login, password and logout", async () => {
  const { email, password } = await scene.createTenant();
  const signIn = (secret: string) => post("/v1/auth/login", { email, password: secret });
  const first = await signIn(password);
  expect(first.status).toBe(200);
  const calls = callsOf(scene, String(first.body["accessToken"]));
  const newPassword = `${password} and more`;
  const changed = { currentPassword: password, newPassword };
  expect((await calls.put("/v1/auth/password", changed)).status).toBe(204);
  expect(outcome(await signIn(password))).toEqual([401, "invalid_credentials"]);
  const second = callsOf(scene, String((await signIn(newPassword)).body["accessToken"]));
  expect((await second.post("/v1/auth/logout")).status).toBe(204);
  expect((await second.get("/v1/me")).status).toBe(401);
});

test("ids in URLs: a name is no address, and another tenant's id is nothing", async () => {
  const [mine, theirs] = [await scene.createTenant(), await scene.createTenant()];
  const calls = callsOf(scene, mine.key);
  expect(outcome(await calls.get("/v1/sessions/main"))).toEqual([404, "not_found"]);
  for (const path of [pathOf(theirs), `${pathOf(theirs)}/status`, `${pathOf(theirs)}/qr`]) {
    expect(outcome(await calls.get(path))).toEqual([404, "not_found"]);
  }
});

test("API keys: shown once, listed without their secret, revoked at once", async () => {
  const tenant = await scene.createTenant();
  const calls = callsOf(scene, tenant.accessToken);
  const made = await calls.post("/v1/keys", { name: "shop", scopes: ["sessions:read"] });
  const secret = String(made.body["key"]);
  const listed = await calls.get("/v1/keys");
  expect(JSON.stringify(listed.body)).not.toContain(secret);
  expect((await callsOf(scene, secret).get("/v1/sessions")).status).toBe(200);
  expect((await calls.remove(`/v1/keys/${String(made.body["id"])}`)).status).toBe(204);
  expect((await callsOf(scene, secret).get("/v1/sessions")).status).toBe(401);
});

test("an audit of who did what", async () => {
  const tenant = await scene.createTenant();
  const calls = callsOf(scene, tenant.accessToken);
  await calls.post("/v1/sessions", { name: "audited" });
  const audit = await calls.get("/v1/audit");
  expect(audit.status).toBe(200);
  expect(JSON.stringify(audit.body)).toContain("createSession");
});

test("the API describes itself, for programs and for people", async () => {
  const { body } = await request(scene, "/openapi.json");
  expect(body["openapi"]).toBe("3.1.0");
  const page = await fetch(`${scene.runtime.apiUrl}/docs`);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(await page.text()).toContain("/v1/sessions/{sessionId}/connect");
});

test("rate limits in layers: of the account's requests the answers tell, of one session's sends so many go", async () => {
  const { accessToken, key, sessionId } = await scene.createTenant();
  const me = await fetch(`${scene.runtime.apiUrl}/v1/me`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(me.headers.get("ratelimit-limit")).toBe("3000");
  const message = {
    to: "14155550123",
    type: "text",
    text: { body: "hi" },
    queueWhenOffline: true,
  };
  const send = () => callsOf(scene, key).post(`/v1/sessions/${sessionId}/messages`, message);
  // A minute may end in between: of two minutes' worth and one some must be too many.
  const answers = [];
  for (let i = 0; i < 21; i += 1) answers.push(await send());
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused[0]?.body).toMatchObject({ code: "rate_limited", limitedBy: "session" });
  expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThanOrEqual(10);
});
