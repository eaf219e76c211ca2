import { randomBytes } from "node:crypto";
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import { openEventInbox } from "./event-inbox.ts";
import type { EventInbox } from "./event-inbox.ts";
import type { Tell } from "./narrator.ts";
import { createPhone } from "./phone.ts";
import type { Phone } from "./phone.ts";
import { publicApi } from "./public-api.ts";
import { until } from "./until.ts";

export type Places = { apiUrl: string; socketUrl: string; controlUrl: string };

type Scene = {
  tell: Tell;
  api: ReturnType<typeof publicApi>;
  key: string;
  sessionId: string;
  inbox: EventInbox;
  /** The phone that gets linked. */
  own: Phone;
  contact: Phone;
};

/** A phone is linked, messages go both ways, the phone is unlinked: all through the public doors. */
export async function tellStory(places: Places, tell: Tell): Promise<void> {
  const api = publicApi(places.apiUrl);
  const name = `demo-${randomBytes(5).toString("hex")}`;
  const signedIn = await tell("register an account", () =>
    api.register(`${name}@example.com`, randomBytes(12).toString("base64url")),
  );
  const { key } = await tell("make an API key", () => api.createKey(signedIn.accessToken));
  const { id: sessionId } = await tell("make a session", () => api.createSession(key, name));
  using inbox = await tell("follow all sessions over the WebSocket", () =>
    openEventInbox(places.socketUrl, api.client(key)),
  );
  const [own, contact] = await tell("switch two simulated phones on", () =>
    Promise.all([createPhone(places.controlUrl, "Owner"), createPhone(places.controlUrl, "Ada")]),
  );
  const scene: Scene = { tell, api, key, sessionId, inbox, own, contact };
  await linkPhone(scene);
  await sendMessage(scene);
  await receiveMessage(scene);
  await unlinkPhone(scene);
}

async function linkPhone({ tell, api, key, sessionId, inbox, own }: Scene): Promise<void> {
  await tell("connect the session", () => api.connect(key, sessionId));
  const pushed = await tell("its QR code comes over the WebSocket", () =>
    inbox.find("session.qr_code", () => true),
  );
  await tell("and by GET as well", () =>
    until(
      "the QR code that was pushed",
      () => api.qr(key, sessionId),
      ({ qr }) => qr === pushed.data.qr,
    ),
  );
  await tell("the phone scans it", () => own.scan(pushed.data.qr));
  await tell("the session is active", () =>
    inbox.find("session.status", ({ data }) => data.status === "active"),
  );
}

async function sendMessage(scene: Scene): Promise<void> {
  const { tell, api, key, sessionId, inbox, contact } = scene;
  const text = "Hello from Wafleet";
  const { id } = await tell("send a text: accepted and queued", () =>
    api.send(key, sessionId, `+${contact.number}`, text),
  );
  const reaches = (wanted: MessageStatus) =>
    inbox.find("message.status", ({ data }) => data.messageId === id && data.status === wanted);
  await tell("WhatsApp has it: sent", () => reaches("sent"));
  await tell("the contact's phone has it: delivered", () => reaches("delivered"));
  await tell("the contact reads it: read", async () => {
    const shown = await until(
      "the text on the contact's phone",
      () => contact.received(),
      (messages) => messages.some((message) => message.text === text),
    );
    await contact.read(shown.find((message) => message.text === text)?.id ?? "");
    await reaches("read");
  });
  await tell("and by GET as well", () =>
    until(
      "the message's status read",
      () => api.message(key, sessionId, id),
      ({ status }) => status === "read",
    ),
  );
}

async function receiveMessage({ tell, inbox, own, contact }: Scene): Promise<void> {
  const text = "Hello yourself";
  await tell("the contact answers", () => contact.say(own.number, text));
  await tell("the answer comes over the WebSocket", () =>
    inbox.find(
      "message.received",
      ({ data: { content } }) => content.type === "text" && content.text.body === text,
    ),
  );
}

async function unlinkPhone({ tell, api, key, sessionId, inbox, own }: Scene): Promise<void> {
  await tell("disconnect the session", () => api.disconnect(key, sessionId));
  await tell("its status says so", async () => {
    await inbox.find("session.status", ({ data }) => data.reason === "disconnected_by_user");
    await until(
      "the status inactive",
      () => api.status(key, sessionId),
      ({ status, isConnected }) => status === "inactive" && !isConnected,
    );
  });
  await tell("the phone lists no linked device any more", () =>
    until(
      "no linked device",
      () => own.linked(),
      (devices) => devices.length === 0,
    ),
  );
}
