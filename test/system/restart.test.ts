import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEventInbox } from "#local/demo/event-inbox.ts";
import { expect, test } from "vitest";
import { linkPhone, startScene } from "./start-scene.ts";

test("a second start finds the session linked, brings it back by itself, and it sends", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wafleet-restart-"));
  const options = {
    runtime: { dataDir: join(folder, "runtime") },
    simulator: { dataDir: join(folder, "simulator") },
  };
  try {
    const first = await startScene(options);
    const tenant = await first.createTenant();
    const { number } = await linkPhone(first, tenant);
    const contact = (await first.simulator.createPhone()).number;
    await first.stop();

    await using second = await startScene(options);
    const client = second.api.client(tenant.key);
    using inbox = await openEventInbox(second.runtime.socketUrl, client);
    const { id } = await second.api.send(tenant.key, tenant.sessionId, contact, "back again");
    await inbox.find(
      "message.status",
      ({ data }) => data.messageId === id && data.status === "sent",
    );
    await second.simulator.phone(contact)?.waitForMessage({ text: "back again" });
    const status = await second.api.status(tenant.key, tenant.sessionId);
    expect(status).toMatchObject({ status: "active", isConnected: true, phone: `+${number}` });
  } finally {
    await rm(folder, { recursive: true });
  }
});
