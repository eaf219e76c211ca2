import { randomInt } from "node:crypto";
import { newId } from "#shared/ids.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionIn } from "./events.ts";
import type { RequestOptions, RouteName } from "./request-event.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let mine: { token: string; sessionId: string };
let foreign: { token: string; sessionId: string };

beforeAll(async () => {
  system = await startSystem();
  const [me, other] = [await system.createTenant(), await system.createTenant()];
  mine = { token: me.token, sessionId: (await createSessionIn(system, me)).sessionId };
  foreign = { token: other.token, sessionId: (await createSessionIn(system, other)).sessionId };
});
afterAll(() => system[Symbol.asyncDispose]());

const text = { type: "text", text: { body: "hello" } };
const message = { to: "+14155550123", ...text };

type Case = [title: string, name: RouteName, options: () => RequestOptions, code: string];

const send = (body: unknown): RequestOptions => ({ params: own(), token: mine.token, body });
const own = () => ({ sessionId: mine.sessionId });

/** Each within its own limits. */
const note = `NOTE:${"語".repeat(8_000)}`;
const vcard = ["BEGIN:VCARD", "VERSION:3.0", "FN:Ann", note, "END:VCARD"].join("\n");
const largeCards = Array.from({ length: 20 }, () => ({ vcard }));
const longNames = `{{${"a".repeat(64)}}}`.repeat(7_000);
const manyWords = Array.from({ length: 60 }, () => ({
  to: message.to,
  variables: {
    a: String.fromCodePoint(...Array.from({ length: 4_000 }, () => 0x4e00 + randomInt(20_000))),
  },
}));

const cases: Case[] = [
  [
    "a body that is no JSON",
    "createSession",
    () => ({ token: mine.token, rawBody: "{" }),
    "malformed_json",
  ],
  ["an empty body", "createSession", () => ({ token: mine.token, rawBody: "" }), "malformed_json"],
  [
    "another content type",
    "createSession",
    () => ({ token: mine.token, body: { name: "x" }, headers: { "content-type": "text/plain" } }),
    "unsupported_media_type",
  ],
  [
    "no content type",
    "createSession",
    () => ({ token: mine.token, body: { name: "x" }, headers: { "content-type": "" } }),
    "unsupported_media_type",
  ],
  [
    "a body beyond the limit",
    "createSession",
    () => ({ token: mine.token, body: { name: "x".repeat(600_000) } }),
    "payload_too_large",
  ],
  [
    "a field that does not exist",
    "createSession",
    () => ({ token: mine.token, body: { name: "x", color: "red" } }),
    "validation_failed",
  ],
  [
    "a field of the wrong type",
    "createSession",
    () => ({ token: mine.token, body: { name: 7 } }),
    "validation_failed",
  ],
  [
    "null for a body",
    "createSession",
    () => ({ token: mine.token, body: null }),
    "validation_failed",
  ],
  [
    "a phone of nine digits",
    "sendMessage",
    () => send({ ...message, to: "123456789" }),
    "invalid_recipient",
  ],
  [
    "a recipient that is a number",
    "sendMessage",
    () => send({ ...message, to: 1 }),
    "validation_failed",
  ],
  ["no recipient", "sendMessage", () => send(text), "validation_failed"],
  [
    "a kind of message that does not exist",
    "sendMessage",
    () => send({ ...message, type: "fax" }),
    "validation_failed",
  ],
  [
    "an empty text",
    "sendMessage",
    () => send({ ...message, text: { body: "" } }),
    "validation_failed",
  ],
  [
    "a place so near to nothing that no table takes it",
    "sendMessage",
    () => send({ ...message, type: "location", location: { latitude: 1e-200, longitude: 0 } }),
    "validation_failed",
  ],
  [
    "a pause that varies by next to nothing",
    "createSession",
    () => ({
      token: mine.token,
      body: { name: "x", settings: { pacing: { perMinute: 1, burst: 1, jitter: 1e-200 } } },
    }),
    "validation_failed",
  ],
  [
    "a type that is no header",
    "createMedia",
    () => ({ token: mine.token, body: { mimetype: "image/jpeg; a=\r\nx-evil: 1", size: 1 } }),
    "validation_failed",
  ],
  [
    "contacts that fit into no item",
    "sendMessage",
    () => send({ to: message.to, type: "contact", contact: { contacts: largeCards } }),
    "payload_too_large",
  ],
  [
    "a template that fits into no item",
    "createTemplate",
    () => ({
      token: mine.token,
      body: { name: "x", message: { type: "text", text: { body: longNames } } },
    }),
    "payload_too_large",
  ],
  [
    "a batch that fits into no item",
    "createBatch",
    () => send({ message: { type: "text", text: { body: "{{a}}" } }, recipients: manyWords }),
    "payload_too_large",
  ],
  [
    "a limit out of range",
    "listSessions",
    () => ({ token: mine.token, query: { limit: "101" } }),
    "validation_failed",
  ],
  [
    "a parameter that does not exist",
    "listSessions",
    () => ({ token: mine.token, query: { page: "2" } }),
    "validation_failed",
  ],
  [
    "a cursor that no list gave",
    "listSessions",
    () => ({ token: mine.token, query: { cursor: "nonsense" } }),
    "validation_failed",
  ],
  ["no credential", "listSessions", () => ({}), "unauthenticated"],
  ["a token that is no token", "listSessions", () => ({ token: "abc" }), "unauthenticated"],
  [
    "an unsigned token",
    "listSessions",
    () => ({ token: `eyJhbGciOiJub25lIn0.${mine.token.split(".")[1]}.` }),
    "unauthenticated",
  ],
  [
    "an API key with a wrong checksum",
    "listSessions",
    () => ({ apiKey: `waf_live_${"a".repeat(32)}_000000` }),
    "unauthenticated",
  ],
  [
    "another tenant's session",
    "getSession",
    () => ({ token: mine.token, params: { sessionId: foreign.sessionId } }),
    "not_found",
  ],
  [
    "a send through another tenant's session",
    "sendMessage",
    () => ({ token: mine.token, params: { sessionId: foreign.sessionId }, body: message }),
    "not_found",
  ],
  [
    "another tenant's events",
    "listEvents",
    () => ({ token: mine.token, params: { sessionId: foreign.sessionId } }),
    "not_found",
  ],
  [
    "an id that cannot be",
    "getSession",
    () => ({ token: mine.token, params: { sessionId: "1" } }),
    "not_found",
  ],
  [
    "a message that does not exist",
    "getMessage",
    () => ({ token: mine.token, params: { ...own(), messageId: newId("message") } }),
    "not_found",
  ],
  [
    "a key that does not exist",
    "deleteKey",
    () => ({ token: mine.token, params: { keyId: newId("key") } }),
    "not_found",
  ],
  [
    "an Idempotency-Key with a line break",
    "createSession",
    () => ({ token: mine.token, body: { name: "x" }, headers: { "idempotency-key": "a\nb" } }),
    "validation_failed",
  ],
  [
    "a bound session that is another tenant's",
    "createKey",
    () => ({
      token: mine.token,
      body: { name: "x", scopes: ["sessions:read"], sessionId: foreign.sessionId },
    }),
    "not_found",
  ],
];

describe("bad input is told what is wrong with it", () => {
  test.for(cases)("%s", async ([, name, options, code]) => {
    const { problem, status, headers } = await system.call(name, options());
    expect(problem.code).toBe(code);
    expect(status).toBeLessThan(500);
    expect(headers).toMatchObject({
      "content-type": "application/problem+json",
      "x-request-id": problem.requestId,
      "cache-control": "no-store",
    });
  });
});

test("bad fields are named", async () => {
  const { problem } = await system.call("sendMessage", send({ ...message, text: {}, x: 1 }));
  expect(problem.fields?.map((field) => field.path)).toEqual(["text.body", ""]);
  const nine = await system.call("sendMessage", send({ ...message, to: "123456789" }));
  expect(nine.status).toBe(422);
  expect(nine.problem.detail).toContain("10 to 15 digits");
});

test("a text keeps whatever it is made of, but half a character", async () => {
  const body = "null \u0000, noncharacters \uFFFE\uFFFF, half a duck \uD83E";
  const sent = await system.call("sendMessage", send({ ...message, text: { body } }));
  const params = { ...own(), messageId: sent.body.id };
  const { content } = (await system.call("getMessage", { token: mine.token, params })).body;
  expect(content).toEqual({ type: "text", text: { body: body.replace("\uD83E", "\uFFFD") } });
  const [command] = (await system.takeCommands()).slice(-1);
  expect(command).toMatchObject({ content });
});

test("a token is refused after a quarter of an hour", async () => {
  const { token } = await system.createTenant();
  system.advance(15 * 60_000 + 1_000);
  const { problem, status } = await system.call("listSessions", { token });
  expect([status, problem.code]).toEqual([401, "token_expired"]);
  system.advance(-15 * 60_000 - 1_000);
});

test("a refusal is logged without a stack", async () => {
  system.logLines.length = 0;
  await system.call("getSession", { token: mine.token, params: { sessionId: "1" } });
  expect(system.logLines.join()).toContain("request was refused");
  expect(system.logLines.join()).not.toContain("stack");
});

test.for(["throttle", "refuse"] as const)("a store that answers with %s is a 503", async (kind) => {
  const stop = system.dynamodb.faults.add({ kind, operation: "GetItem" });
  const { status, problem } = await system.call("getSession", { token: mine.token, params: own() });
  stop();
  expect([status, problem.code, problem.retryable]).toEqual([503, "unavailable", true]);
});
