import { newId } from "#shared/ids.ts";
import { scopes } from "#shared/routes/define-route.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { createSessionIn } from "./events.ts";
import type { RouteName } from "./request-event.ts";
import type { System } from "./start-system.ts";

const table: Record<string, RouteDefinition> = routes;

/** One of everything that a path can name, in an account: its ids, by the names that paths give them. */
export async function makeOneOfEach(
  system: System,
  { accountId, token }: { accountId: string; token: string },
) {
  const { sessionId } = await createSessionIn(system, { accountId, token }, "active", "Main");
  const ofSession = { token, params: { sessionId } };
  const keyBody = { name: "key", scopes, sessionId };
  const { id: keyId, key: apiKey } = (await system.call("createKey", { token, body: keyBody }))
    .body;
  const text = { to: "14155550123", type: "text", text: { body: "hi" } };
  const message = await system.call("sendMessage", { ...ofSession, body: text });
  const hook = { url: "http://127.0.0.1:9/" };
  const webhookId = (await system.call("createWebhook", { token, body: hook })).body.id;
  const tested = await system.call("testWebhook", { token, params: { webhookId } });
  const batchBody = exampleBody("createBatch");
  const batch = await system.call("createBatch", { ...ofSession, body: batchBody });
  const template = await system.call("createTemplate", {
    token,
    body: exampleBody("createTemplate"),
  });
  const { userId } = await system.createUser(accountId, "member");
  const mediaId = newId("media", system.now());
  await system.media.put(accountId, mediaId, Buffer.from("file"), "image/jpeg");
  const params = {
    accountId,
    sessionId,
    keyId,
    userId,
    mediaId,
    webhookId,
    messageId: message.body.id,
    deliveryId: tested.body.id,
    batchId: batch.body.id,
    templateId: template.body.id,
    contactId: "14155550123",
    chatId: "14155550123",
    groupId: "120363000000000000@g.us",
    replyId: newId("reply", system.now()),
  };
  return { apiKey, params };
}

export function exampleBody(name: RouteName): object {
  return table[name]?.example?.body as object;
}

/**
 * Those of the ids that the route's path names.
 * @throws when it names something of which there is none yet, so that no route is tried without
 */
export function paramsOf(name: RouteName, made: Record<string, string>): Record<string, string> {
  const wanted = [...(table[name]?.path ?? "").matchAll(/\{(\w+)\}/g)].map(([, param = ""]) => {
    const id = made[param];
    if (id === undefined) throw new Error(`make one of what ${name} calls ${param}`);
    return [param, id] as const;
  });
  return Object.fromEntries(wanted);
}
