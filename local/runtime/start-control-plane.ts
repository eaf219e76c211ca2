import { startHttpApi } from "#local/api-gateway/start-http-api.ts";
import { startWebSocketApi } from "#local/api-gateway/start-websocket-api.ts";
import type { LocalWebSocketApi } from "#local/api-gateway/start-websocket-api.ts";
import { createLambda } from "#local/lambda/create-lambda.ts";
import type { ThreadFunction } from "#local/lambda/lambda-call.ts";
import { startLambdaThread } from "#local/lambda/start-lambda-thread.ts";
import { toCors } from "#local/stand-in/cors.ts";
import type { Meter } from "#local/stand-in/meter.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import { apiAccess } from "#shared/resources/page-access.ts";
import { processes } from "#shared/resources/processes.ts";
import type { LambdaName, ProcessName } from "#shared/resources/processes.ts";
import { routes, socketRoutes } from "#shared/routes/table.ts";
import { settingsOf, toAwsVariables } from "./environment.ts";
import type { Settings } from "./environment.ts";
import type { PortName, StandIns } from "./runtime.ts";
import { startClock } from "./start-clock.ts";
import { startPollers } from "./start-pollers.ts";

export type ControlPlane = {
  httpApi: StandIn;
  socketApi: LocalWebSocketApi;
  settings: Settings;
  invoke: (lambda: LambdaName, event: unknown) => Promise<unknown>;
};

export type ControlPlaneOptions = {
  stores: Omit<StandIns, "httpApi" | "socketApi">;
  ports: Partial<Record<PortName, number>>;
  meter: Meter;
  log: (source: string, line: string) => void;
  toSettings(socketApi: LocalWebSocketApi): Settings;
};

/** The longest timeout that infra gives a Lambda. */
const longestRunMs = 45_000;

type Invoke = (lambda: string, event: unknown) => Promise<unknown>;

/** Starts the Lambda functions and the doors that lead to them. */
export async function startControlPlane(
  started: AsyncDisposableStack,
  options: ControlPlaneOptions,
): Promise<ControlPlane> {
  const { ports, meter, stores, log } = options;
  const onError = (error: unknown) => log("lambda", describe(error));
  // Functions need to know where the WebSocket API is, which leads to them.
  const functions = Promise.withResolvers<Invoke>();
  const invoke: Invoke = async (lambda, event) => (await functions.promise)(lambda, event);
  // Entered now, so that the functions are there until the last connection has ended.
  const functionsEnd = started.use(new AsyncDisposableStack());

  const socketApi = started.use(
    await startWebSocketApi({
      port: ports.socket ?? 0,
      managementPort: ports.management ?? 0,
      routes: socketRoutes.map((routeKey) => ({ routeKey, lambda: "socket" })),
      routeSelectionExpression: "$request.body.action",
      invoke: logged(invoke, onError),
      meter,
    }),
  );
  const settings = options.toSettings(socketApi);
  const aws = toAwsVariables({ ...stores, socketApi });
  const thread = functionsEnd.use(startLambdaThread(threadFunctions(settings, aws), onError));
  functions.resolve(
    createLambda({ functions: thread.functions, meter, timeoutMs: longestRunMs }).invoke,
  );

  startPollers(started, { settings, invoke, onError });
  started.use(startClock({ invoke, onError }));
  const httpApi = started.use(
    await startHttpApi({
      port: ports.http ?? 0,
      routes: Object.values(routes),
      invoke: logged(invoke, onError),
      cors,
      meter,
    }),
  );
  return { httpApi, socketApi, settings, invoke };
}

/** Pages of any origin may call: what they have to show is a token, never a cookie. */
const cors = toCors(apiAccess, ["*"]);

/** Every Lambda of the processes table: an API area lies in functions/api, the others beside it. */
function threadFunctions(
  settings: Settings,
  aws: Record<string, string>,
): Record<string, ThreadFunction> {
  const names = Object.keys(processes).filter((name) => name !== "runner") as ProcessName[];
  const hasRoutes = new Set<string>(Object.values(routes).map(({ lambda }) => lambda));
  return Object.fromEntries(
    names.map((name) => {
      const folder = hasRoutes.has(name) ? `api/${name}` : name;
      const module = new URL(`../../functions/${folder}/handler.ts`, import.meta.url).href;
      return [name, { module, environment: { ...aws, ...settingsOf(name, settings) } }];
    }),
  );
}

/** The doors answer 500 for a function that failed; here is why. */
function logged(invoke: Invoke, onError: (error: unknown) => void): Invoke {
  return async (lambda, event) => {
    try {
      return await invoke(lambda, event);
    } catch (error) {
      onError(error);
      throw error;
    }
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
