import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { linkPhone, request, startScene } from "./start-scene.ts";
import type { Scene } from "./start-scene.ts";

const patienceMs = 40_000;

async function untilWorkers(scene: Scene, count: number): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await sleep(100)) {
    if (scene.runtime.workers().length === count) return;
  }
  throw new Error(`there are ${scene.runtime.workers().length} workers, not ${count}`);
}

test("connecting wakes an empty fleet, and when nobody wants to be connected no worker is left", async () => {
  await using scene = await startScene({ runtime: { workers: "auto" } });
  const tenant = await scene.createTenant();
  expect(scene.runtime.workers()).toEqual([]);

  const phone = await linkPhone(scene, tenant);
  expect(scene.runtime.workers()).toHaveLength(1);

  const stop = `/v1/sessions/${tenant.sessionId}/stop`;
  await request(scene, stop, { method: "POST", token: tenant.key });
  await untilWorkers(scene, 0);

  const contact = await scene.simulator.createPhone();
  const body = {
    to: contact.number,
    type: "text",
    text: { body: "hello" },
    queueWhenOffline: true,
  };
  const accepted = await request(scene, `/v1/sessions/${tenant.sessionId}/messages`, {
    method: "POST",
    token: tenant.key,
    body: JSON.stringify(body),
  });
  expect(accepted.status).toBe(202);
  await request(scene, `/v1/sessions/${tenant.sessionId}/connect`, {
    method: "POST",
    token: tenant.key,
  });
  await contact.waitForMessage({ text: "hello" });
  expect(phone.devices()).toHaveLength(2);
});
