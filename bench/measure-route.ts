import type { RouteName } from "#functions/test/request-event.ts";
import type { Requests } from "./api-requests.ts";
import { percentile } from "./percentile.ts";

const warmUps = 3;
/** An account can have so many sessions and webhooks. */
const tidied: readonly RouteName[] = ["createSession", "createWebhook"];

/** A line of the table: so many requests, one after the other. */
export async function measureRoute(
  requests: Requests,
  name: RouteName,
  { count, calls }: { count: number; calls?: () => number },
): Promise<string> {
  const times: number[] = [];
  let made = 0;
  for (let i = -warmUps; i < count; i += 1) {
    if (tidied.includes(name)) await requests.tidy();
    const send = await requests.prepare(name);
    const before = calls?.() ?? 0;
    const startedAt = performance.now();
    const { statusCode } = await send();
    const took = performance.now() - startedAt;
    if (statusCode >= 400) {
      return `  ${name.padEnd(30)} answered ${statusCode}: its example needs more than it is given`;
    }
    if (i < 0) continue;
    times.push(took);
    made += (calls?.() ?? 0) - before;
  }
  const figures = [percentile(times, 0.5), percentile(times, 0.99)];
  if (calls) figures.push(made / count);
  const columns = figures.map((figure) => figure.toFixed(1).padStart(8)).join("  ");
  return `  ${name.padEnd(30)} ${String(count).padStart(8)}  ${columns}`;
}
