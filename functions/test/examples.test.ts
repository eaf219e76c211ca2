import { randomUUID } from "node:crypto";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import {
  createSessionIn,
  dispatchEvents,
  makeEvent,
  messageStatusDraft,
  qrDraft,
  receivedDraft,
  statusDraft,
} from "./events.ts";
import { exampleBody, makeOneOfEach, paramsOf } from "./one-of-each.ts";
import type { RequestOptions, RouteName } from "./request-event.ts";
import { operatorSecret, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

const table: Record<string, RouteDefinition> = routes;

let system: System;

beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

const password = "a long and simple sentence";

/** Somebody who signed up with the password that the examples show; hashing it takes a while. */
async function signUp() {
  const email = `${randomUUID()}@example.com`;
  const body = { email, password, name: "Acme" };
  const signedIn = (await system.call("register", { body })).body;
  const { account, accessToken: token, refreshToken } = signedIn;
  return { accountId: account.id, token, email, refreshToken };
}

async function signInQuietly() {
  return { ...(await system.createTenant()), email: "", refreshToken: "" };
}

/** An account with one of everything that a path can name. */
async function startWorld(withPassword: boolean) {
  const { email, refreshToken, ...owner } = await (withPassword ? signUp() : signInQuietly());
  return { owner, email, refreshToken, ...(await makeOneOfEach(system, owner)) };
}

type World = Awaited<ReturnType<typeof startWorld>>;

/** What an example cannot know: secrets of this very account, and what must have happened before. */
const fitting: Partial<Record<RouteName, (world: World) => Promise<RequestOptions>>> = {
  register: async () => ({ body: { ...exampleBody("register"), email: `${randomUUID()}@x.test` } }),
  login: async ({ email }) => ({ body: { ...exampleBody("login"), email } }),
  refresh: async ({ refreshToken }) => ({ body: { refreshToken } }),
  acceptInvitation: async ({ owner }) => {
    const invited = { email: `${randomUUID()}@example.com`, role: "member" };
    const { body } = await system.call("inviteUser", { token: owner.token, body: invited });
    return { body: { ...exampleBody("acceptInvitation"), token: body.token } };
  },
  inviteUser: async () => ({
    body: { ...exampleBody("inviteUser"), email: `${randomUUID()}@example.com` },
  }),
  sendMessageByKey: async ({ apiKey }) => ({ apiKey }),
  cancelMessage: async ({ owner, params: { sessionId } }) => {
    const sendAt = new Date(system.now() + 3_600_000).toISOString();
    const body = { ...exampleBody("sendMessage"), sendAt };
    const sent = await system.call("sendMessage", {
      token: owner.token,
      params: { sessionId },
      body,
    });
    return { params: { messageId: sent.body.id } };
  },
  readMessage: async ({ params: { sessionId, accountId } }) => {
    const ids = { sessionId, accountId };
    const messageId = newId("message", system.now());
    await dispatchEvents(system, ids, makeEvent(ids, "2.1", receivedDraft(messageId, "hi")));
    return { params: { messageId } };
  },
  editMessage: sentMessage,
  deleteMessage: sentMessage,
  reactToMessage: sentMessage,
  connectSession: restingSession,
  reconnectSession: restingSession,
  requestPairingCode: restingSession,
  getSessionQr: async (world) => {
    const { params } = await restingSession(world);
    const { accountId } = world.owner;
    const ids = { accountId, sessionId: params["sessionId"] ?? "" };
    const code = makeEvent(ids, "2.1", qrDraft(system.now() + 60_000));
    await dispatchEvents(system, ids, code);
    return { params };
  },
  importSession: async (world) => {
    const { sessionId, accountId } = world.params;
    const request = { token: world.owner.token, params: { sessionId } };
    await system.call("exportSession", request);
    const exported = statusDraft("inactive", "exported");
    const ids = { accountId, sessionId };
    await dispatchEvents(system, ids, makeEvent(ids, "3.1", exported));
    const { body } = await system.call("exportSession", request);
    if (!("bundleId" in body)) throw new Error("there is no bundle");
    system.bundles.stored.add(body.bundleId);
    const { params } = await restingSession(world);
    return { params, body: { bundleId: body.bundleId } };
  },
};

/** WhatsApp has it: only then can it be changed there. */
async function sentMessage({ owner, params }: World): Promise<RequestOptions> {
  const { sessionId, messageId } = params;
  const ids = { accountId: owner.accountId, sessionId };
  await dispatchEvents(system, ids, makeEvent(ids, "2.1", messageStatusDraft(messageId, "sent")));
  return {};
}

async function restingSession({ owner }: World): Promise<{ params: Record<string, string> }> {
  const name = newId("event");
  const { sessionId } = await createSessionIn(system, owner, "inactive", name);
  return { params: { sessionId } };
}

test.for(Object.keys(routes) as RouteName[])(
  "the example of %s works, and its answer is what the contract says",
  async (name) => {
    const { auth, example, responses, lambda } = table[name] as RouteDefinition;
    const world = await startWorld(lambda === "accounts");
    const fit = (await fitting[name]?.(world)) ?? {};
    const token = auth.access === "operator" ? operatorSecret : world.owner.token;
    const params = { ...world.params, ...fit.params };
    const answer = await system.call(name, {
      ...(auth.access !== "public" && fit.apiKey === undefined && { token }),
      ...example,
      ...fit,
      params: paramsOf(name, params),
    });
    expect(Object.keys(responses), answer.text).toContain(String(answer.status));
  },
);
