import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "#client/create-client.ts";
import type { WafleetEvent } from "#client/events/event.ts";
import { openEventStream } from "#client/events/open-event-stream.ts";
import type { StreamState } from "#client/events/stream-options.ts";
import { requireData } from "#client/require-data.ts";
import { makeEvent, receivedDraft, toRecord } from "#functions/test/events.ts";
import type { Owner } from "#functions/test/events.ts";
import { newId } from "#shared/ids.ts";
import { createSeededRandom } from "../simulation/seeded-random.ts";
import { startCuttableProxy } from "./cuttable-proxy.ts";
import { startScene } from "./start-scene.ts";
import type { Scene } from "./start-scene.ts";

let scene: Scene;
beforeAll(async () => (scene = await startScene({ runtime: { workers: 0 } })));
afterAll(() => scene.stop());

const batches = 125;
const batchSize = 20;

/** What a runner publishes, straight to the dispatcher; the owner changes in the middle. */
async function publish(owner: Owner, fromBatch: number, toBatch: number): Promise<void> {
  for (let batch = fromBatch; batch < toBatch; batch += 1) {
    const epoch = batch < batches / 2 ? 2 : 3;
    const events = Array.from({ length: batchSize }, (_, index) =>
      makeEvent(
        owner,
        `${epoch}.${batch * batchSize + index + 1}`,
        receivedDraft(newId("message"), "hello"),
      ),
    );
    await scene.runtime.invoke("dispatch", { Records: [toRecord(owner, events)] });
  }
}

async function startTenant() {
  const tenant = await scene.createTenant();
  const api = createClient({ baseUrl: scene.runtime.apiUrl, token: tenant.accessToken });
  const accountId = (await requireData(api.GET("/v1/me"))).account.id;
  const second = await tenant.api.createSession(tenant.key, "second");
  const owners = [tenant.sessionId, second.id].map((sessionId) => ({ sessionId, accountId }));
  return { api, owners };
}

test("a client that is cut 100 times while 5,000 events flow gets each once, in order", async () => {
  const { api, owners } = await startTenant();
  using proxy = await startCuttableProxy(scene.runtime.socketUrl);
  const random = createSeededRandom(7);
  const total = owners.length * batches * batchSize;
  const cutsAt = new Set<number>();
  while (cutsAt.size < 100) cutsAt.add(random.integer(1, total - 1));
  const got = new Map<string, string[]>(owners.map(({ sessionId }) => [sessionId, []]));
  const states: StreamState[] = [];
  let count = 0;
  using _stream = openEventStream(api, {
    socketUrl: proxy.url,
    onState: (state) => states.push(state),
    onEvent: ({ sessionId, cursor }) => {
      got.get(sessionId ?? "")?.push(cursor);
      count += 1;
      if (cutsAt.has(count)) proxy.cut();
    },
    timing: { firstWaitMs: 10, maxWaitMs: 50, heartbeatMs: 1_000, answerMs: 1_000 },
  });
  await expect.poll(() => states.at(-1)).toBe("live");
  await Promise.all(owners.map((owner) => publish(owner, 0, batches)));
  await expect.poll(() => count, { timeout: 60_000 }).toBeGreaterThanOrEqual(total);

  const wanted = Array.from({ length: batches * batchSize }, (_, index) => {
    const epoch = Math.floor(index / batchSize) < batches / 2 ? 2 : 3;
    return `${epoch}.${index + 1}`;
  });
  for (const cursors of got.values()) expect(cursors).toEqual(wanted);
  expect(states.filter((state) => state === "connecting").length).toBeGreaterThan(50);
}, 120_000);

test("a client whose cursor is older than what is kept is told so, and gets what there is", async () => {
  const { api, owners } = await startTenant();
  const [owner] = owners as [Owner];
  await publish(owner, 0, 1);
  const gaps: { source: string; oldest: string | null }[] = [];
  const got: WafleetEvent[] = [];
  using _stream = openEventStream(api, {
    socketUrl: scene.runtime.socketUrl,
    sessions: [owner.sessionId],
    after: { [owner.sessionId]: "1.17" },
    onEvent: (event) => void got.push(event),
    onGap: (gap) => gaps.push(gap),
  });
  await expect.poll(() => got.length).toBe(batchSize);
  expect(gaps).toEqual([{ source: owner.sessionId, oldest: "2.1" }]);
});
