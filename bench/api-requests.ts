// One request after the other to a route, each as its example has it, on an account of the bench's.
import type { Runtime } from "#local/runtime/runtime.ts";
import type { RouteName } from "#functions/test/request-event.ts";
import { meSchema } from "#shared/contracts/account.ts";
import { pendingReplySchema } from "#shared/contracts/question.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { startAccount, table } from "./api-account.ts";
import type { Answer } from "./api-account.ts";
import { fittingOptions } from "./api-options.ts";

const askingRoutes = (Object.keys(routes) as RouteName[]).filter((name) => {
  const { responses }: RouteDefinition = routes[name];
  return name !== "getReply" && responses[202]?.body === pendingReplySchema;
});

/**
 * These need a worker, and most wait for its answer: what they take is the fleet's time more than the
 * handler's. First those of a session that no phone has linked, then those of one that has.
 */
export const waitingRoutes = {
  unlinked: ["connectSession", "reconnectSession", "getSessionQr", "requestPairingCode"],
  linked: [
    "editMessage",
    "deleteMessage",
    "reactToMessage",
    "forwardMessage",
    ...askingRoutes,
    "getReply",
    "exportSession",
    "importSession",
  ],
} satisfies Record<string, readonly RouteName[]>;

export type Requests = Awaited<ReturnType<typeof startRequests>>;

export async function startRequests(runtime: Runtime, operatorSecret: string) {
  const account = await startAccount(runtime);
  const me = meSchema.parse(await account.ask("getMe"));
  const message = {
    ...(table["sendMessage"]?.example?.body as object),
    queueWhenOffline: true,
  };
  let { refreshToken } = account;
  let bundleId: string | undefined;

  const fitting: Awaited<ReturnType<typeof fittingOptions>> = {
    ...(await fittingOptions(account)),
    refresh: () => ({ body: { refreshToken } }),
    exportSession: async () => {
      if (bundleId !== undefined) await (await prepare("importSession"))();
      return {};
    },
    importSession: async () => {
      if (bundleId === undefined) await (await prepare("exportSession"))();
      return { body: { bundleId } };
    },
  };

  /** The next request to this route, everything that it needs made ready. */
  async function prepare(name: RouteName): Promise<() => Promise<Answer>> {
    const { example, auth, path } = table[name] as RouteDefinition;
    const fit = (await fitting[name]?.()) ?? {};
    const isOfMessage = path.includes("{messageId}") && fit.params?.["messageId"] === undefined;
    const params = {
      sessionId: account.sessionId,
      accountId: me.account.id,
      ...(isOfMessage && { messageId: await account.idOf("sendMessage", message) }),
      ...fit.params,
    };
    const token = auth.access === "operator" ? operatorSecret : account.token;
    const options = {
      ...(auth.access !== "public" && fit.apiKey === undefined && { token }),
      ...example,
      ...fit,
      params: Object.fromEntries(
        Object.entries(params).filter(([param]) => path.includes(`{${param}}`)),
      ),
    };
    return async () => {
      const answer = await account.invoke(name, options);
      if (answer.statusCode < 400) keep(name, answer);
      return answer;
    };
  }

  /** What the next request of its kind needs to know. */
  function keep(name: RouteName, { body = "{}" }: Answer): void {
    if (name === "refresh") ({ refreshToken } = JSON.parse(body) as { refreshToken: string });
    if (name === "importSession") bundleId = undefined;
    if (name === "exportSession") ({ bundleId } = JSON.parse(body) as { bundleId: string });
  }

  return { prepare, link: account.link, tidy: account.tidy };
}
