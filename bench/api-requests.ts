// One request after the other to a route, each as its example has it, on an account of the bench's.
import { setTimeout as sleep } from "node:timers/promises";
import { publicApi } from "#local/demo/public-api.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import { requestEvent } from "#functions/test/request-event.ts";
import type { RequestOptions, RouteName } from "#functions/test/request-event.ts";
import { invitationSchema, meSchema } from "#shared/contracts/account.ts";
import { pendingReplySchema } from "#shared/contracts/question.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";

const askingRoutes = (Object.keys(routes) as RouteName[]).filter((name) => {
  const { responses }: RouteDefinition = routes[name];
  return responses[202]?.body === pendingReplySchema;
});

/**
 * These wait for a worker's answer: what they take is the fleet's time more than the handler's. First
 * those of a session that no phone has linked, then those of one that has.
 */
export const waitingRoutes = {
  unlinked: ["connectSession", "reconnectSession", "getSessionQr", "requestPairingCode"],
  linked: [...askingRoutes, "exportSession", "importSession"],
} satisfies Record<string, readonly RouteName[]>;

type Answer = { statusCode: number; body?: string };

const password = "a long and simple sentence";

export type Requests = Awaited<ReturnType<typeof startRequests>>;

export async function startRequests(runtime: Runtime, operatorSecret: string) {
  const api = publicApi(runtime.apiUrl);
  const table: Record<string, RouteDefinition> = routes;
  const email = "bench@example.com";
  const signedIn = await api.register(email, password);
  const token = signedIn.accessToken;
  let refreshToken = signedIn.refreshToken;
  const { key } = await api.createKey(token);
  const main = await api.createSession(key, "main");
  let count = 0;
  let bundleId: string | undefined;

  async function invoke(name: RouteName, options: RequestOptions): Promise<Answer> {
    const { lambda } = table[name] as RouteDefinition;
    return (await runtime.invoke(lambda, requestEvent(name, options))) as Answer;
  }

  async function made<Body>(name: RouteName, schema: { parse(x: unknown): Body }, body?: object) {
    const options = { token, params: { sessionId: main.id }, ...(body && { body }) };
    const answer = await invoke(name, options);
    return schema.parse(JSON.parse(answer.body ?? "{}"));
  }

  const me = await made("getMe", meSchema);
  const boundKey = await made(
    "createKey",
    { parse: (body) => body as { key: string } },
    { name: "bound", scopes: ["messages:send"], sessionId: main.id },
  );
  const invite = () =>
    made("inviteUser", invitationSchema, { email: `i${(count += 1)}@example.com` });

  /** What an example cannot know. */
  const fitting: Partial<Record<RouteName, () => Promise<RequestOptions> | RequestOptions>> = {
    register: () => ({ body: { email: `r${(count += 1)}@example.com`, password, name: "Bench" } }),
    login: () => ({ body: { email, password } }),
    refresh: () => ({ body: { refreshToken } }),
    logout: async () => ({
      token: (await api.register(`o${(count += 1)}@example.com`, password)).accessToken,
    }),
    changePassword: () => ({ body: { currentPassword: password, newPassword: password } }),
    acceptInvitation: async () => ({ body: { token: (await invite()).token, password } }),
    inviteUser: () => ({ body: { email: `i${(count += 1)}@example.com`, role: "member" } }),
    changeUserRole: async () => ({ params: { userId: (await invite()).user.id } }),
    removeUser: async () => ({ params: { userId: (await invite()).user.id } }),
    createSession: () => ({ body: { name: `s${(count += 1)}` } }),
    deleteSession: async () => ({
      params: { sessionId: (await api.createSession(key, `d${(count += 1)}`)).id },
    }),
    updateSession: () => ({ body: { settings: { markOnline: count++ % 2 === 0 } } }),
    createKey: () => ({ body: { name: "more", scopes: ["messages:read"] } }),
    rotateKey: async () => ({ params: { keyId: (await api.createKey(token)).id } }),
    deleteKey: async () => ({ params: { keyId: (await api.createKey(token)).id } }),
    setTier: () => ({ body: { tier: "basic" } }),
    exportSession: async () => {
      if (bundleId !== undefined) await (await prepare("importSession"))();
      return {};
    },
    importSession: async () => {
      if (bundleId === undefined) await (await prepare("exportSession"))();
      return { body: { bundleId } };
    },
    sendMessage: () => ({ body: message }),
    sendMessageByKey: () => ({ apiKey: boundKey.key, body: message }),
    createBatch: () => ({ body: batch() }),
    ...ofMade("templateId", ["getTemplate", "updateTemplate", "deleteTemplate"], "createTemplate"),
    ...ofMade("batchId", ["getBatch", "pauseBatch", "resumeBatch", "cancelBatch"], "createBatch"),
    cancelMessage: async () => {
      const sendAt = new Date(Date.now() + 3_600_000).toISOString();
      return { params: { messageId: await idOf("sendMessage", { ...message, sendAt }) } };
    },
  };
  const message = { ...(table["sendMessage"]?.example?.body as object), queueWhenOffline: true };

  function batch(): object {
    return { ...(table["createBatch"]?.example?.body as object), queueWhenOffline: true };
  }

  /** Routes of something that `maker` makes, by the parameter that names it. */
  function ofMade(param: string, names: RouteName[], maker: RouteName): typeof fitting {
    const make = async () => {
      const body = maker === "createBatch" ? batch() : (table[maker]?.example?.body as object);
      return { params: { [param]: await idOf(maker, body) } };
    };
    return Object.fromEntries(names.map((name) => [name, make]));
  }

  async function idOf(maker: RouteName, body: object): Promise<string> {
    return (await made(maker, { parse: (answer) => answer as { id: string } }, body)).id;
  }

  async function prepare(name: RouteName): Promise<() => Promise<Answer>> {
    const { example, auth, path } = table[name] as RouteDefinition;
    const fit = (await fitting[name]?.()) ?? {};
    const sent = await lastMessage(path);
    const params = {
      sessionId: main.id,
      messageId: sent,
      accountId: me.account.id,
      ...fit.params,
    };
    const shown = auth.access === "operator" ? operatorSecret : token;
    const options = {
      ...(auth.access !== "public" && fit.apiKey === undefined && { token: shown }),
      ...example,
      ...fit,
      params: Object.fromEntries(
        Object.entries(params).filter(([param]) => path.includes(`{${param}}`)),
      ),
    };
    return async () => {
      const answer = await invoke(name, options);
      if (name === "refresh") {
        refreshToken = (JSON.parse(answer.body ?? "{}") as { refreshToken: string }).refreshToken;
      }
      if (name === "importSession" && answer.statusCode === 200) bundleId = undefined;
      if (name === "exportSession" && answer.statusCode === 200) {
        bundleId = (JSON.parse(answer.body ?? "{}") as { bundleId: string }).bundleId;
      }
      return answer;
    };
  }

  return {
    /** The next request to this route, everything that it needs made ready. */
    prepare,
    /** Has a phone link the session; resolves when that is active. */
    async link(scan: (qr: string) => Promise<unknown>): Promise<void> {
      await scan(await freshCode());
      while (!(await api.status(key, main.id)).isConnected) await sleep(100);
    },
    /** Gives back what creating routes have used up. */
    async tidy(): Promise<void> {
      const listed = await made("listSessions", {
        parse: (body) => body as { data: { id: string }[] },
      });
      for (const { id } of listed.data) {
        if (id !== main.id) await invoke("deleteSession", { token, params: { sessionId: id } });
      }
    },
  };

  /** A busy machine may answer that the code is still to come. */
  async function freshCode(tries = 10): Promise<string> {
    const { qr } = await made("reconnectSession", { parse: (body) => body as { qr?: string } });
    if (qr !== undefined) return qr;
    if (tries === 0) throw new Error("the session shows no QR code");
    return freshCode(tries - 1);
  }

  async function lastMessage(path: string): Promise<string> {
    if (!path.includes("{messageId}")) return "";
    const options = { token, params: { sessionId: main.id }, body: message };
    const answer = await invoke("sendMessage", options);
    return (JSON.parse(answer.body ?? "{}") as { id: string }).id;
  }
}
