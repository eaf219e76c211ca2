// An account of the bench's with a session, and how to make what routes are about.
import { setTimeout as sleep } from "node:timers/promises";
import { publicApi } from "#local/demo/public-api.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import { requestEvent } from "#functions/test/request-event.ts";
import type { RequestOptions, RouteName } from "#functions/test/request-event.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import type { startSimulator } from "#simulator/start-simulator.ts";
import { putFile } from "#test/system/upload.ts";

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

export type Answer = { statusCode: number; body?: string };

export const table: Record<string, RouteDefinition> = routes;

export const password = "a long and simple sentence";
const codeWaitMs = 90_000;
const email = "bench@example.com";

export type BenchAccount = Awaited<ReturnType<typeof startAccount>>;

export async function startAccount(runtime: Runtime) {
  const api = publicApi(runtime.apiUrl);
  const { accessToken: token, refreshToken } = await api.register(email, password);
  const { key } = await api.createKey(token);
  const { id: sessionId } = await api.createSession(key, "main");
  let count = 0;
  let people: { owner: Phone; contact: Phone } | undefined;
  const made = new Map<string, Promise<string>>();

  async function invoke(name: RouteName, options: RequestOptions): Promise<Answer> {
    const { lambda } = table[name] as RouteDefinition;
    return (await runtime.invoke(lambda, requestEvent(name, options))) as Answer;
  }

  /** What a route answers about the session, or to this body. */
  async function ask<Body>(name: RouteName, body?: object): Promise<Body> {
    const { statusCode, body: text = "{}" } = await invoke(name, {
      token,
      params: { sessionId },
      ...(body && { body }),
    });
    if (statusCode >= 400) throw new Error(`${name} answered ${statusCode}: ${text}`);
    return JSON.parse(text) as Body;
  }

  const next = () => (count += 1);
  const idOf = async (maker: RouteName, body?: object) =>
    (await ask<{ id: string }>(maker, body)).id;
  const idsOf = async (list: RouteName) =>
    (await ask<{ data: { id: string; direction?: string }[] }>(list)).data;

  /** The same one each time. */
  function theOnly(name: string, make: () => Promise<string>): Promise<string> {
    const making = made.get(name) ?? make();
    made.set(name, making);
    return making;
  }

  function linked() {
    if (!people) throw new Error("no phone has linked the session yet");
    return people;
  }

  const webhook = () =>
    theOnly("webhook", () => idOf("createWebhook", { url: "https://example.com/one" }));

  async function receivedMessage(): Promise<string> {
    const { owner, contact } = linked();
    await contact.say(owner.number, "Did it come?");
    for (;;) {
      const found = (await idsOf("listMessages")).find(({ direction }) => direction === "inbound");
      if (found) return found.id;
      await sleep(50);
    }
  }

  /** Who has connected often of late waits up to a minute for the next code. */
  async function freshCode(): Promise<string> {
    let { qr } = await ask<{ qr?: string }>("reconnectSession");
    for (const until = Date.now() + codeWaitMs; qr === undefined && Date.now() < until;) {
      await sleep(200);
      const { statusCode, body = "{}" } = await invoke("getSessionQr", {
        token,
        params: { sessionId },
      });
      if (statusCode === 200) ({ qr } = JSON.parse(body) as { qr: string });
    }
    if (qr === undefined) throw new Error("the session shows no QR code");
    return qr;
  }

  const newGroup = () =>
    idOf("createGroup", { subject: `Bench ${next()}`, members: [linked().contact.number] });

  return {
    api,
    email,
    token,
    refreshToken,
    sessionId,
    invoke,
    ask,
    next,
    idOf,
    contact: () => linked().contact.number,
    invite: () =>
      ask<{ token: string; user: { id: string } }>("inviteUser", {
        email: `i${next()}@example.com`,
      }),
    newSession: async () => (await api.createSession(key, `s${next()}`)).id,
    newKey: async () => (await api.createKey(token)).id,
    webhook,
    async delivery() {
      const webhookId = await webhook();
      const deliveryId = await theOnly("delivery", async () => {
        const { body = "{}" } = await invoke("testWebhook", { token, params: { webhookId } });
        return (JSON.parse(body) as { id: string }).id;
      });
      return { webhookId, deliveryId };
    },
    media: () =>
      theOnly("media", async () => {
        const bytes = Buffer.from("a file");
        const body = { mimetype: "image/jpeg", size: bytes.length };
        const place = await ask<Parameters<typeof putFile>[0]>("createMedia", body);
        return putFile(place, bytes);
      }),
    sentMessage: async () => {
      const text = { body: "To be changed" };
      const id = await idOf("sendMessage", { to: linked().contact.number, type: "text", text });
      while ((await api.message(key, sessionId, id)).status === "queued") await sleep(20);
      return id;
    },
    receivedMessage: () => theOnly("received", receivedMessage),
    newGroup,
    group: () => theOnly("group", newGroup),
    /** Makes sure that a code is shown. */
    showCode: () => theOnly("code", freshCode),
    /** Has a phone link the session, which has a contact then; resolves when it is active. */
    link: async (simulator: Simulator) => {
      const owner = await simulator.createPhone();
      people = { owner, contact: await simulator.createPhone() };
      await owner.scan(await freshCode());
      while (!(await api.status(key, sessionId)).isConnected) await sleep(100);
    },
    /** Gives back what creating routes have used up. */
    tidy: async () => {
      for (const { id } of await idsOf("listSessions")) {
        if (id !== sessionId) await invoke("deleteSession", { token, params: { sessionId: id } });
      }
      const keep = await made.get("webhook");
      for (const { id } of await idsOf("listWebhooks")) {
        if (id !== keep) await invoke("deleteWebhook", { token, params: { webhookId: id } });
      }
    },
  };
}
