import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { call } from "#local/demo/call.ts";
import type { Publisher } from "./event-publisher.ts";
import { percentile } from "./percentile.ts";

const count = 150;
const paceMs = 60;
const slowMs = 9_000;

/** How long events take to a webhook, with and without one beside it that is slow. */
export async function measureNeighbours(
  apiUrl: string,
  token: string,
  publish: Publisher,
): Promise<void> {
  using quick = await startReceiver(0);
  using slow = await startReceiver(slowMs);
  const create = (url: string) =>
    call({ method: "POST", url: `${apiUrl}/v1/webhooks`, token, body: { url } });
  await create(quick.url);
  await measure(publish, quick, 20);
  const alone = await measure(publish, quick, count);
  await create(slow.url);
  const beside = await measure(publish, quick, count);
  console.log(`\nrunner to webhook, ${count} events`);
  for (const [what, times] of [
    ["alone", alone],
    [`beside one that takes ${slowMs / 1000} s`, beside],
  ] as const) {
    const figure = (share: number) => `${percentile(times, share).toFixed(0)} ms`;
    console.log(`  ${what.padEnd(30)} p50 ${figure(0.5)}, p99 ${figure(0.99)}`);
  }
}

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

async function measure(publish: Publisher, receiver: Receiver, events: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < events; index += 1) {
    const { ids, publishedAt } = await publish(1);
    times.push((await receiver.arrival(ids[0] ?? "")) - publishedAt);
    await sleep(paceMs);
  }
  return times;
}

async function startReceiver(delayMs: number) {
  const arrivals = new Map<string, PromiseWithResolvers<number>>();
  const arrivalOf = (id: string) => {
    const known = arrivals.get(id) ?? Promise.withResolvers<number>();
    arrivals.set(id, known);
    return known;
  };
  const server = createServer((request, response) => {
    arrivalOf(String(request.headers["webhook-id"])).resolve(performance.now());
    request.resume();
    setTimeout(() => response.end(), delayMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrival: (id: string) => arrivalOf(id).promise,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
