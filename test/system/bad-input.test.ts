import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemSchema } from "#shared/faults/problem.ts";
import { newId } from "#shared/ids.ts";
import { request, startScene } from "./start-scene.ts";
import type { Scene, Tenant } from "./start-scene.ts";

let scene: Scene;
let tenant: Tenant;
let stranger: Tenant;

beforeAll(async () => {
  scene = await startScene({ runtime: { workers: 0 } });
  [tenant, stranger] = await Promise.all([scene.createTenant(), scene.createTenant()]);
});
afterAll(() => scene.stop());

const message = { to: "+14155550123", type: "text", text: { body: "hi" } };

async function expectProblem(
  answer: { status: number; body: Record<string, unknown> },
  status: number,
  code: string,
) {
  expect([answer.status, answer.body["code"]]).toEqual([status, code]);
  const problem = problemSchema.parse(answer.body);
  expect(problem.detail.length).toBeGreaterThan(10);
  // Never a stack.
  expect(JSON.stringify(problem)).not.toMatch(/\.ts:\d+/);
}

function send(body: string, options: { token?: string; sessionId?: string } = {}) {
  const { token = tenant.key, sessionId = tenant.sessionId } = options;
  return request(scene, `/v1/sessions/${sessionId}/messages`, { method: "POST", token, body });
}

test("malformed JSON", async () => {
  await expectProblem(await send('{"to":'), 400, "malformed_json");
});

test("an unknown field", async () => {
  const answer = await send(JSON.stringify({ ...message, colour: "red" }));
  await expectProblem(answer, 400, "validation_failed");
  expect(JSON.stringify(answer.body["fields"])).toContain("colour");
});

test("a field of the wrong type", async () => {
  const answer = await send(JSON.stringify({ ...message, text: { body: 42 } }));
  await expectProblem(answer, 400, "validation_failed");
  expect(JSON.stringify(answer.body["fields"])).toContain("text.body");
});

test("a phone of nine digits", async () => {
  const answer = await send(JSON.stringify({ ...message, to: "123456789" }));
  await expectProblem(answer, 422, "invalid_recipient");
  expect(JSON.stringify(answer.body)).toContain("10 to 15 digits");
});

test("no credential, and one that is no credential", async () => {
  const path = `/v1/sessions/${tenant.sessionId}`;
  await expectProblem(await request(scene, path), 401, "unauthenticated");
  await expectProblem(await request(scene, path, { token: "nonsense" }), 401, "unauthenticated");
});

test("a token that somebody else signed", async () => {
  const payload = { accountId: newId("account"), userId: newId("user"), role: "owner" };
  const forged = await new SignJWT(payload)
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode("a secret that is not the deployment's own"));
  const path = `/v1/sessions/${tenant.sessionId}`;
  await expectProblem(await request(scene, path, { token: forged }), 401, "unauthenticated");
});

test("another account's session", async () => {
  const theirs = { sessionId: stranger.sessionId };
  await expectProblem(await send(JSON.stringify(message), theirs), 404, "not_found");
  const path = `/v1/sessions/${stranger.sessionId}`;
  await expectProblem(await request(scene, path, { token: tenant.key }), 404, "not_found");
  const removal = { method: "DELETE", token: tenant.key };
  await expectProblem(await request(scene, path, removal), 404, "not_found");
  const still = await request(scene, path, { token: stranger.key });
  expect(still.status).toBe(200);
});

test("a session that is not connected refuses a message, and says what to do", async () => {
  const answer = await send(JSON.stringify(message));
  await expectProblem(answer, 409, "session_not_connected");
  expect(answer.body["detail"]).toContain("connect");
});
