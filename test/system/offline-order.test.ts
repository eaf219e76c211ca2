import { stage } from "#local/runtime/names.ts";
import { queueName } from "#shared/resources/names.ts";
import { expect, test } from "vitest";
import { linkPhone, request, startScene } from "./start-scene.ts";

test("what was accepted while the session was not connected leaves behind what was accepted before, and is in the queue still", async () => {
  await using scene = await startScene({ runtime: { shards: 1, workers: 1, logLevel: "error" } });
  const { sqs } = scene.runtime.standIns;
  const tenant = await scene.createTenant();
  const { number } = await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  using inbox = await tenant.inbox();
  const send = async (body: string) => {
    const answer = await request(scene, `/v1/sessions/${tenant.sessionId}/messages`, {
      method: "POST",
      token: tenant.key,
      body: JSON.stringify({
        to: contact.number,
        type: "text",
        text: { body },
        queueWhenOffline: true,
      }),
    });
    expect(answer.status).toBe(202);
  };

  // The worker's present look into the queue is its last one.
  const queue = queueName(stage, "commands", 0);
  const letTake = sqs.faults.add({ kind: "refuse", operation: "ReceiveMessage", match: queue });
  await send("the last one that it takes");
  await contact.waitForMessage({ text: "the last one that it takes" });
  await send("accepted while connected");

  scene.simulator.closeStream({ phone: number }, { code: 402 });
  await inbox.find("session.status", ({ data }) => data.status === "error");
  await send("accepted while not connected");
  await send("accepted last");
  expect(sqs.depth(queue).visible).toBe(3);

  // The next worker has the session open before it looks into the queue.
  await tenant.api.connect(tenant.key, tenant.sessionId);
  for (const { id } of scene.runtime.workers()) await scene.runtime.stopWorker(id, "SIGTERM");
  using later = await tenant.inbox();
  await scene.runtime.startWorker();
  await later.find("session.status", ({ data }) => data.status === "active");
  letTake();
  await contact.waitForMessage({ text: "accepted last" });
  const texts = contact.received().flatMap((message) => ("text" in message ? [message.text] : []));
  expect(texts).toEqual([
    "the last one that it takes",
    "accepted while connected",
    "accepted while not connected",
    "accepted last",
  ]);
});
