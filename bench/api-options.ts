import { newId } from "#shared/ids.ts";
import type { RequestOptions, RouteName } from "#functions/test/request-event.ts";
import { password, table } from "./api-account.ts";
import type { BenchAccount } from "./api-account.ts";

type Options = RequestOptions | Promise<RequestOptions>;

/** What the examples of routes cannot know: names that are still free, ids of what is there. */
export async function fittingOptions(
  account: BenchAccount,
): Promise<Partial<Record<RouteName, () => Options>>> {
  const { api, next } = account;
  const exampleOf = (name: RouteName) => table[name]?.example?.body as object;
  const message = { ...exampleOf("sendMessage"), queueWhenOffline: true };
  const batch = { ...exampleOf("createBatch"), queueWhenOffline: true };
  const { key: boundKey } = await account.ask<{ key: string }>("createKey", {
    name: "bound",
    scopes: ["messages:send"],
    sessionId: account.sessionId,
  });

  /** Routes whose path names something more. */
  const about = (param: string, id: () => string | Promise<string>, names: RouteName[]) =>
    Object.fromEntries(
      names.map((name) => [name, async () => ({ params: { [param]: await id() } })]),
    );
  const newTemplate = () => account.idOf("createTemplate", exampleOf("createTemplate"));
  const newBatch = () => account.idOf("createBatch", batch);
  const newWebhook = () => account.idOf("createWebhook", exampleOf("createWebhook"));
  const scheduled = () => {
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    return account.idOf("sendMessage", { ...message, sendAt });
  };
  const invited = async () => (await account.invite()).user.id;

  return {
    register: () => ({ body: { email: `r${next()}@example.com`, password, name: "Bench" } }),
    login: () => ({ body: { email: account.email, password } }),
    logout: async () => ({
      token: (await api.register(`o${next()}@example.com`, password)).accessToken,
    }),
    changePassword: () => ({ body: { currentPassword: password, newPassword: password } }),
    acceptInvitation: async () => ({ body: { token: (await account.invite()).token, password } }),
    inviteUser: () => ({ body: { email: `i${next()}@example.com`, role: "member" } }),
    setTier: () => ({ body: { tier: "basic" } }),
    createKey: () => ({ body: { name: "more", scopes: ["messages:read"] } }),
    createSession: () => ({ body: { name: `s${next()}` } }),
    updateSession: () => ({ body: { settings: { markOnline: next() % 2 === 0 } } }),
    sendMessage: () => ({ body: message }),
    sendMessageByKey: () => ({ apiKey: boundKey, body: message }),
    createBatch: () => ({ body: batch }),
    createGroup: () => ({ body: { subject: `Bench ${next()}`, members: [account.contact()] } }),
    ...about("userId", invited, ["changeUserRole", "removeUser"]),
    ...about("sessionId", account.newSession, ["deleteSession"]),
    ...about("keyId", account.newKey, ["rotateKey", "deleteKey"]),
    ...about("templateId", newTemplate, ["getTemplate", "updateTemplate", "deleteTemplate"]),
    ...about("batchId", newBatch, ["getBatch", "pauseBatch", "resumeBatch", "cancelBatch"]),
    ...about("messageId", scheduled, ["cancelMessage"]),
    ...about("messageId", account.sentMessage, ["editMessage", "deleteMessage", "reactToMessage"]),
    ...about("messageId", account.receivedMessage, ["readMessage"]),
    ...about("mediaId", account.media, ["getMedia"]),
    ...about("webhookId", newWebhook, ["deleteWebhook"]),
    ...about("webhookId", account.webhook, [
      "getWebhook",
      "updateWebhook",
      "rotateWebhookSecret",
      "testWebhook",
      "listWebhookDeliveries",
      "redeliverWebhookDeliveries",
    ]),
    getWebhookDelivery: async () => ({ params: await account.delivery() }),
    redeliverWebhookDelivery: async () => ({ params: await account.delivery() }),
    ...about("contactId", account.contact, ["getContactPicture", "blockContact", "unblockContact"]),
    ...about("groupId", account.group, [
      "getGroup",
      "updateGroup",
      "getGroupInvite",
      "renewGroupInvite",
    ]),
    ...about("groupId", account.newGroup, ["leaveGroup"]),
    ...about("replyId", () => newId("reply", Date.now()), ["getReply"]),
    getSessionQr: async () => {
      await account.showCode();
      return {};
    },
    changeChat: () => ({
      params: { chatId: account.contact() },
      body: { archived: next() % 2 === 0 },
    }),
    changeGroupMembers: async () => ({
      params: { groupId: await account.newGroup() },
      body: { change: "remove", members: [account.contact()] },
    }),
    forwardMessage: async () => ({
      params: { messageId: await account.sentMessage() },
      body: { to: account.contact() },
    }),
  };
}
