import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { call } from "#local/demo/call.ts";
import type { Publisher } from "./event-publisher.ts";
import { percentile } from "./percentile.ts";

const rounds = 10;
const eventsARound = 100;
const paceMs = 20;
const slowMs = 9_000;
/** Nothing has come for so long, as many times: what was behind has caught up. */
const quietMs = 100;
const quietLooks = 5;

/**
 * How long events take to a webhook whose neighbour is quick, and while it is slow. In turns, so that
 * whatever else the machine does falls on both.
 */
export async function measureNeighbours(
  apiUrl: string,
  token: string,
  publish: Publisher,
): Promise<void> {
  using watched = await startReceiver();
  using neighbour = await startReceiver();
  for (const { url } of [watched, neighbour]) {
    await call({ method: "POST", url: `${apiUrl}/v1/webhooks`, token, body: { url } });
  }
  await measure(publish, watched, 20);
  const besideQuick: number[] = [];
  const besideSlow: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await neighbour.answerAfter(0);
    besideQuick.push(...(await measure(publish, watched, eventsARound)));
    await neighbour.answerAfter(slowMs);
    besideSlow.push(...(await measure(publish, watched, eventsARound)));
  }
  await neighbour.answerAfter(0);
  console.log(`\nrunner to webhook, ${rounds * eventsARound} events each`);
  for (const [what, times] of [
    ["beside one that answers at once", besideQuick],
    [`beside one that takes ${slowMs / 1000} s`, besideSlow],
  ] as const) {
    const figure = (share: number) => `${percentile(times, share).toFixed(0)} ms`;
    console.log(`  ${what.padEnd(32)} p50 ${figure(0.5)}, p99 ${figure(0.99)}`);
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

async function startReceiver() {
  const arrivals = new Map<string, PromiseWithResolvers<number>>();
  const held = new Set<() => void>();
  let delayMs = 0;
  const arrivalOf = (id: string) => {
    const known = arrivals.get(id) ?? Promise.withResolvers<number>();
    arrivals.set(id, known);
    return known;
  };
  const server = createServer((request, response) => {
    arrivalOf(String(request.headers["webhook-id"])).resolve(performance.now());
    request.resume();
    const answer = () => {
      held.delete(answer);
      clearTimeout(timer);
      response.end();
    };
    const timer = setTimeout(answer, delayMs);
    held.add(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrival: (id: string) => arrivalOf(id).promise,
    /** Resolves when what has come late before that is over. */
    async answerAfter(milliseconds: number) {
      delayMs = milliseconds;
      for (const answer of held) answer();
      if (milliseconds > 0) return;
      for (let quietFor = 0; quietFor < quietLooks;) {
        const before = arrivals.size;
        await sleep(quietMs);
        quietFor = arrivals.size === before ? quietFor + 1 : 0;
      }
    },
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
