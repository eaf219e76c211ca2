// The whole system with a simulated WhatsApp, and a tenant who talks to it over the public API.
import { randomBytes } from "node:crypto";
import { openEventInbox } from "#local/demo/event-inbox.ts";
import { publicApi } from "#local/demo/public-api.ts";
import type { RuntimeOptions } from "#local/runtime/runtime.ts";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import type { SimulatorOptions } from "#simulator/simulator.ts";

export type SceneOptions = {
  runtime?: Partial<RuntimeOptions>;
  simulator?: SimulatorOptions;
};

export type Scene = Awaited<ReturnType<typeof startScene>>;

/** Starts everything; ends everything when disposed. */
export async function startScene(options: SceneOptions = {}) {
  await using started = new AsyncDisposableStack();
  const simulator = started.use(await startSimulator(options.simulator));
  const whatsapp = { kind: "simulator" as const, simulator };
  const runtime = started.use(await startRuntime({ whatsapp, ...options.runtime }));
  const api = publicApi(runtime.apiUrl);
  const all = started.move();
  async function stop(): Promise<void> {
    await all.disposeAsync();
    // Whatever a test is about: a ratchet counter that served twice fails it.
    simulator.history.assertNoCounterReuse();
  }
  return {
    simulator,
    runtime,
    api,
    createTenant: () => createTenant(runtime.apiUrl, runtime.socketUrl),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

export type Tenant = Awaited<ReturnType<typeof createTenant>>;

async function createTenant(apiUrl: string, socketUrl: string) {
  const api = publicApi(apiUrl);
  const email = `${randomBytes(6).toString("hex")}@example.com`;
  const password = randomBytes(12).toString("base64url");
  const { accessToken } = await api.register(email, password);
  const { key } = await api.createKey(accessToken);
  const sessionId = (await api.createSession(key, "main")).id;
  return { email, password, accessToken, key, sessionId, api, inbox: openInbox };

  function openInbox() {
    return openEventInbox(socketUrl, api.client(key));
  }
}

/** Links a fresh simulated phone to the tenant's session and waits until it is active. */
export async function linkPhone({ simulator }: Scene, tenant: Tenant) {
  const phone = await simulator.createPhone({ name: "Owner" });
  using inbox = await tenant.inbox();
  await tenant.api.connect(tenant.key, tenant.sessionId);
  const isOwn = (event: { sessionId: string }) => event.sessionId === tenant.sessionId;
  const { data } = await inbox.find("session.qr_code", isOwn);
  await phone.scan(data.qr);
  await inbox.find("session.status", (event) => isOwn(event) && event.data.status === "active");
  return phone;
}

/** One raw request; nothing is assumed about the answer. */
export async function request(
  scene: Scene,
  path: string,
  options: RequestInit & { token?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { token, headers, ...rest } = options;
  const answer = await fetch(`${scene.runtime.apiUrl}${path}`, {
    ...rest,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(headers as Record<string, string> | undefined),
    },
  });
  const text = await answer.text();
  const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: answer.status, body };
}
