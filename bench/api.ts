// The API's own share: each route's handler, warm, on local stores; what a cold start has to load.
import type { Runtime } from "#local/runtime/runtime.ts";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import type { RouteName } from "#functions/test/request-event.ts";
import { routes } from "#shared/routes/table.ts";
import { readOperatorSecret } from "#test/system/read-operator-secret.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { startRequests, waitingRoutes } from "./api-requests.ts";
import { printBundleFigures } from "./bundle-figures.ts";
import { measureRoute } from "./measure-route.ts";

/** Requests to each route, and to those that hash a password or wait, which takes its time. */
const usualCount = 100;
const slowCount = 8;

const hashing: readonly RouteName[] = [
  "register",
  "login",
  "changePassword",
  "acceptInvitation",
  "logout",
];
const waiting = new Set<RouteName>(Object.values(waitingRoutes).flat());

export async function run(): Promise<void> {
  printBundleFigures();
  await using simulator = await startSimulator();
  await using runtime = await startRuntime({
    whatsapp: { kind: "simulator", simulator },
    workers: 0,
    logLevel: "error",
  });
  const requests = await startRequests(runtime, await readOperatorSecret(runtime));
  const calls = () => countCalls(runtime);

  console.log("\nroute, warm                      requests   p50, ms   p99, ms   AWS calls each");
  for (const name of Object.keys(routes) as RouteName[]) {
    if (waiting.has(name)) continue;
    const count = hashing.includes(name) ? slowCount : usualCount;
    console.log(await measureRoute(requests, name, { count, calls }));
  }

  console.log("\nroute that waits for a worker    requests   p50, ms   p99, ms");
  await runtime.startWorker();
  const count = slowCount;
  for (const name of waitingRoutes.unlinked) {
    console.log(await measureRoute(requests, name, { count }));
  }
  await requests.link(simulator);
  for (const name of waitingRoutes.linked) {
    console.log(await measureRoute(requests, name, { count }));
  }
}

/** What AWS would be asked: the API's calls alone while no worker runs. */
function countCalls(runtime: Runtime): number {
  return Object.entries(runtime.meter.read())
    .filter(([name]) => /^(dynamodb|sqs|s3|kms|secrets\w*|ecs)\.[A-Z]/.test(name))
    .filter(([name]) => !name.endsWith("ReceiveMessage"))
    .reduce((sum, [, amount]) => sum + amount, 0);
}
