import { metricsOff } from "#shared/resources/metrics.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { createAccountsApi } from "#functions/api/accounts/accounts-api.ts";
import { createChatsApi } from "#functions/api/chats/chats-api.ts";
import { createEventsApi } from "#functions/api/events/events-api.ts";
import { createInsightApi } from "#functions/api/insight/insight-api.ts";
import { createKeysApi } from "#functions/api/keys/keys-api.ts";
import { createMessagesApi } from "#functions/api/messages/messages-api.ts";
import { createOperatorApi } from "#functions/api/operator/operator-api.ts";
import { createSessionsApi } from "#functions/api/sessions/sessions-api.ts";
import { createWebhooksApi } from "#functions/api/webhooks/webhooks-api.ts";
import { signAccessToken } from "#functions/auth/access-token.ts";
import { createAuthenticate } from "#functions/auth/authenticate.ts";
import { createRequireOperator } from "#functions/auth/require-operator.ts";
import type { Role } from "#functions/auth/caller.ts";
import { createComeAgain } from "#functions/dispatch/create-come-again.ts";
import { createDispatch } from "#functions/dispatch/create-dispatch.ts";
import { createLiveCheck } from "#functions/dispatch/create-live-check.ts";
import { createTallyKeeper } from "#functions/dispatch/create-tally-keeper.ts";
import { createRetentionOf } from "#functions/dispatch/create-retention-of.ts";
import { createNoteChat } from "#functions/dispatch/create-note-chat.ts";
import type { DispatchDeps } from "#functions/dispatch/dispatch-deps.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import { createFindAddress } from "#functions/middleware/find-address.ts";
import { createRateLimits } from "#functions/middleware/rate-limits.ts";
import { createSocketApi } from "#functions/socket/create-socket-api.ts";
import * as accounts from "#functions/store/accounts.ts";
import * as users from "#functions/store/users.ts";
import type { Problem } from "#shared/faults/problem.ts";
import { newId } from "#shared/ids.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import type { RateLayer } from "#shared/resources/limits.ts";
import { routes } from "#shared/routes/table.ts";
import type { Context } from "aws-lambda";
import { pino } from "pino";
import type { z } from "zod";
import { createBatchQueue } from "./batch-queue.ts";
import { createMediaApi } from "#functions/api/media/media-api.ts";
import { createMediaShelf } from "./media-shelf.ts";
import { createTestFleet } from "./create-test-fleet.ts";
import { createBundleShelf } from "./bundle-shelf.ts";
import { expectDeclared } from "./expect-declared.ts";
import { createPushes } from "./pushes.ts";
import { requestEvent } from "./request-event.ts";
import type { RequestOptions, RouteName } from "./request-event.ts";
import { startStores } from "./start-stores.ts";
import { createWorkQueue } from "./work-queue.ts";

export type System = Awaited<ReturnType<typeof startSystem>>;

type SuccessBody<Name extends RouteName> = {
  [
    Status in keyof (typeof routes)[Name]["responses"]
  ]: (typeof routes)[Name]["responses"][Status] extends {
    body: infer Body extends z.ZodType;
  }
    ? z.infer<Body>
    : never;
}[keyof (typeof routes)[Name]["responses"]];

/** The body twice over: as the route's success, and as a problem; `status` tells which it is. */
export type Answer<Name extends RouteName> = {
  status: number;
  headers: Record<string, unknown>;
  body: SuccessBody<Name>;
  problem: Problem;
  text: string;
};

export const context = {} as Context;

export const operatorSecret = "what-operators-of-the-test-system-show";

type SystemOptions = {
  rateLimits?: Partial<Record<RateLayer, number>>;
  feedSinks?: DispatchDeps["feedSinks"];
};

const noLimits: Record<RateLayer, number> = { address: 0, account: 0, key: 0, session: 0 };

/** Every Lambda on real stores, with a clock that tests can move. */
export async function startSystem(options: SystemOptions = {}) {
  let offset = 0;
  const now = () => Date.now() + offset;
  const logLines: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logLines.push(line) });
  const stores = await startStores(now);
  const { logins, control, audit, messages, fleet, webhooks, secrets, commands } = stores;
  const secret = new TextEncoder().encode("a secret of at least thirty-two bytes");
  const tokenSecret = async () => secret;
  const requireOperator = createRequireOperator(async () =>
    new TextEncoder().encode(operatorSecret),
  );
  const authenticate = createAuthenticate({ control, tokenSecret, log });
  const shared = {
    control,
    audit,
    auditRetentionDays: 90,
    findAddress: createFindAddress(""),
    sessionLimits: { basic: 5, pro: 20, max: 40 },
    tokenSecret,
    authenticate,
    requireOperator,
    log,
    now,
  };
  const limits = { ...noLimits, ...options.rateLimits };
  const deps = { ...shared, rateLimits: createRateLimits({ control, limits, log }) };
  const sleeps: (() => Promise<unknown>)[] = [];
  const testFleet = createTestFleet(fleet, log);
  const bundles = createBundleShelf();
  const media = createMediaShelf();
  const work = createWorkQueue();
  const { sendWork } = work;
  const batchWork = createBatchQueue();
  const pushes = createPushes();
  const { push, close: hangUp } = pushes;
  const sockets = { control, push, hangUp, log };
  const sleep = async (milliseconds: number) => {
    offset += milliseconds;
    await sleeps.shift()?.();
  };
  const queues = {
    client: commands.client,
    commandsUrl: commands.url,
    eventsUrl: stores.eventsUrl,
  };
  const apis = {
    accounts: createAccountsApi({ ...deps, logins, hangUp }),
    keys: createKeysApi({ ...deps, hangUp }),
    sessions: createSessionsApi({
      ...deps,
      fleet,
      messages,
      commands,
      bundles,
      targets: "any",
      shards: 1,
      sleep,
      wakeFleet: testFleet.wake,
    }),
    messages: createMessagesApi({
      ...deps,
      messages,
      commands,
      media,
      sendBatchWork: batchWork.send,
      retentionDays: 30,
    }),
    chats: createChatsApi({ ...deps, messages, fleet, commands, sleep }),
    events: createEventsApi({ ...deps, messages, eventRetentionDays: 7, sleep }),
    insight: createInsightApi({ ...deps, messages }),
    media: createMediaApi({ ...deps, media }),
    operator: createOperatorApi({ ...deps, messages, fleet, queues, shards: 1 }),
    webhooks: createWebhooksApi({ ...deps, webhooks, secrets, sendWork, targets: "any" }),
  } satisfies Partial<Record<LambdaName, ApiHandler>>;

  /** One request; the answer is held to what the route table promises. */
  async function call<Name extends RouteName>(
    name: Name,
    options: RequestOptions = {},
  ): Promise<Answer<Name>> {
    const route: RouteDefinition = routes[name];
    const result = await apis[route.lambda as keyof typeof apis](
      requestEvent(name, options),
      context,
    );
    const sent = JSON.parse(JSON.stringify(result)) as typeof result;
    const { statusCode = 0, headers = {}, body: text = "", isBase64Encoded } = sent;
    const isJson = String(headers["content-type"]).includes("json");
    const body: unknown = isJson
      ? JSON.parse(isBase64Encoded ? Buffer.from(text, "base64").toString() : text)
      : undefined;
    if (statusCode >= 400) expectDeclared(route, body);
    else if (isJson) route.responses[statusCode]?.body?.parse(body);
    const answer = { body: body as SuccessBody<Name>, problem: body as Problem };
    return { status: statusCode, headers, text, ...answer };
  }

  /** A tenant who is signed in, without the cost of hashing a password. */
  async function createTenant(role: Role = "owner") {
    const accountId = newId("account", now());
    const userId = newId("user", now());
    const createdAt = new Date(now()).toISOString();
    await accounts.ensure(control, { accountId, name: "Acme", createdAt });
    await users.ensure(control, { accountId, userId, email: `${userId}@x.test`, role, createdAt });
    const token = await signInAs({ accountId, userId });
    return { accountId, userId, token };
  }

  /** One more sign-in of a user, without asking for the password. */
  async function signInAs({ accountId, userId }: { accountId: string; userId: string }) {
    const user = await users.find(control, accountId, userId);
    if (!user) throw new Error(`there is no user ${userId}`);
    const loginId = newId("login", now());
    await users.startLogin(control, user, loginId, Math.floor(now() / 1000) + 30 * 24 * 3600);
    return signAccessToken({ tokenSecret, now }, { accountId, userId, loginId });
  }

  /** One more user of an account, who is signed in. */
  async function createUser(accountId: string, role: Role) {
    const userId = newId("user", now());
    const createdAt = new Date(now()).toISOString();
    await users.ensure(control, { accountId, userId, email: `${userId}@x.test`, role, createdAt });
    return { accountId, userId, token: await signInAs({ accountId, userId }) };
  }

  return {
    ...stores,
    apis,
    call,
    createTenant,
    createUser,
    signInAs,
    logLines,
    now,
    advance: (milliseconds: number) => (offset += milliseconds),
    /** Runs when connect next waits, in place of the wait. */
    whileWaiting: (run: () => Promise<unknown>) => void sleeps.push(run),
    dispatch: createDispatch({
      metrics: stdoutMetrics(metricsOff),
      ...sockets,
      messages,
      noteChat: createNoteChat(messages),
      retentionOf: createRetentionOf(control, 30),
      webhooks,
      sendWork,
      isLive: createLiveCheck(control),
      feedSinks: options.feedSinks ?? (() => Promise.resolve()),
      keepTallies: createTallyKeeper({ messages, log }),
      comeAgain: createComeAgain(commands.client, stores.eventsUrl),
      eventRetentionDays: 7,
    }),
    socket: createSocketApi({
      ...sockets,
      messages,
      authenticate,
      now,
      eventRetentionDays: 7,
      connectionLimit: 5,
      rateLimits: deps.rateLimits,
    }),
    testFleet,
    bundles,
    media,
    pushes,
    work,
    batchWork,
    log,
  };
}
