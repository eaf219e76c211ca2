// The API's own share: each route's handler, warm, on local stores; what a cold start has to load.
import { startRuntime } from "#local/runtime/start-runtime.ts";
import type { RouteName } from "#functions/test/request-event.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { startRequests, waitingRoutes } from "./api-requests.ts";
import { printBundleFigures } from "./bundle-figures.ts";
import { percentile } from "./percentile.ts";

/** Requests to each route, and to those that hash a password, which takes the time that it should. */
const usualCount = 100;
const hashingCount = 8;
const warmUps = 3;

const hashing: readonly RouteName[] = [
  "register",
  "login",
  "changePassword",
  "acceptInvitation",
  "logout",
];
/** Beyond a plan of five sessions there is nothing to measure. */
const tidied: readonly RouteName[] = ["createSession"];

export async function run(): Promise<void> {
  printBundleFigures();
  await using runtime = await startRuntime({
    whatsapp: { kind: "url", url: "ws://127.0.0.1:9" },
    workers: 0,
    logLevel: "error",
  });
  const requests = await startRequests(runtime);
  const calls = () =>
    Object.entries(runtime.meter.read())
      .filter(([name]) => /^(dynamodb|sqs|s3|kms|secrets\w*|ecs)\.[A-Z]/.test(name))
      .filter(([name]) => !name.endsWith("ReceiveMessage"))
      .reduce((sum, [, amount]) => sum + amount, 0);

  console.log("\nroute, warm                      requests   p50, ms   p99, ms   AWS calls each");
  for (const name of Object.keys(routes) as RouteName[]) {
    const { auth }: RouteDefinition = routes[name];
    if (waitingRoutes.includes(name) || auth.access === "operator") continue;
    const count = hashing.includes(name) ? hashingCount : usualCount;
    const times: number[] = [];
    let made = 0;
    let refused = 0;
    for (let i = -warmUps; i < count; i += 1) {
      if (tidied.includes(name)) await requests.tidy();
      const send = await requests.prepare(name);
      const before = calls();
      const startedAt = performance.now();
      const { statusCode } = await send();
      const took = performance.now() - startedAt;
      if (statusCode >= 400) refused = statusCode;
      if (i < 0) continue;
      times.push(took);
      made += calls() - before;
    }
    if (refused > 0) {
      console.log(
        `  ${name.padEnd(30)} answered ${refused}: its example needs more than it is given`,
      );
      continue;
    }
    const figures = [percentile(times, 0.5), percentile(times, 0.99), made / count];
    const columns = figures.map((figure) => figure.toFixed(1).padStart(8)).join("  ");
    console.log(`  ${name.padEnd(30)} ${String(count).padStart(8)}  ${columns}`);
  }
}
