import { expect, test } from "vitest";
import { callsOf, pathOf } from "./calls.ts";
import { linkPhone, startScene } from "./start-scene.ts";

test("when WhatsApp locks the account for new chats they wait, known ones go on, and the tenant can lift the pause", async () => {
  await using scene = await startScene();
  const tenant = await scene.createTenant();
  await linkPhone(scene, tenant);
  using inbox = await tenant.inbox();
  const call = callsOf(scene, tenant.key);
  const path = pathOf(tenant);
  const [known, refused, fresh] = await Promise.all(
    [1, 2, 3].map(() => scene.simulator.createPhone()),
  );
  if (!known || !refused || !fresh) throw new Error("there are too few phones");
  const send = (to: string, body: string) =>
    tenant.api.send(tenant.key, tenant.sessionId, to, body);
  const status = async () => (await call.get(`${path}/status`)).body;

  await send(known.number, "before");
  await known.waitForMessage({ text: "before" });
  expect((await status())["limit"]).toBeNull();
  scene.simulator.faults.ackError(463, 1, refused.number);
  const first = await send(refused.number, "first");
  const ended = await inbox.find(
    "message.status",
    ({ data }) => data.messageId === first.id && data.status === "failed",
  );
  expect(ended.data.reason).toBe("reach_out_locked");

  const waiting = await send(fresh.number, "may I?");
  const { data } = await inbox.find("session.limit", (event) => event.data.active);
  expect(data.limit).toBe("reach_out_lock");
  await send(known.number, "meanwhile");
  await known.waitForMessage({ text: "meanwhile" });
  await expect.poll(status).toMatchObject({
    limit: { limit: "reach_out_lock", active: true },
    newChats: { perDay: null, pauseOnLock: true },
  });
  const stored = await call.get(`${path}/messages/${waiting.id}`);
  expect(stored.body["status"]).toBe("queued");
  expect(fresh.received()).toEqual([]);

  await call.patch(path, { settings: { newChats: { perDay: null, pauseOnLock: false } } });
  await fresh.waitForMessage({ text: "may I?" });
  await inbox.find("session.limit", (event) => !event.data.active);
  await expect.poll(status).toMatchObject({ limit: null });
});
