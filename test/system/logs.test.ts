import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "#client/create-client.ts";
import { requireData } from "#client/require-data.ts";
import { startReceiver } from "#functions/deliver/test/start-receiver.ts";
import { openEventInbox } from "#local/demo/event-inbox.ts";
import { findPlaces } from "#local/demo/find-places.ts";
import { createPhone } from "#local/demo/phone.ts";
import { publicApi } from "#local/demo/public-api.ts";
import { startSystem } from "#local/start/test/start-system.ts";
import { expect, onTestFinished, test } from "vitest";

/** The line that each process writes about a message at level debug. */
const stations = [
  { area: "messages", msg: "command was sent" },
  { worker: expect.any(String), msg: "command was taken" },
  { worker: expect.any(String), msg: "command was handled" },
  { area: "dispatch", msg: "event was dispatched" },
  { area: "deliver", msg: "webhook was called" },
];

test("one id finds a message in every log, from the API over the worker to the webhook", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wafleet-logs-"));
  const system = await startSystem(folder, ["--log-level", "debug"]);
  onTestFinished(async () => {
    system.kill("SIGTERM");
    await system.ended;
    rmSync(folder, { recursive: true });
  });
  const { apiUrl, socketUrl, controlUrl } = findPlaces(["--data", folder]);
  const api = publicApi(apiUrl);
  await using receiver = await startReceiver();
  const { accessToken } = await api.register("logs@example.com", "a password for the logs");
  const { key } = await api.createKey(accessToken);
  const { id: sessionId } = await api.createSession(key, "logs");
  const client = createClient({ baseUrl: apiUrl, token: accessToken });
  await requireData(
    client.POST("/v1/webhooks", { body: { url: receiver.url, types: ["message.status"] } }),
  );
  const phone = await createPhone(controlUrl, "Owner");
  const contact = await createPhone(controlUrl, "Contact");
  using inbox = await openEventInbox(socketUrl, api.client(key));
  await api.connect(key, sessionId);
  const { data } = await inbox.find("session.qr_code", () => true);
  await phone.scan(data.qr);
  await inbox.find("session.status", (event) => event.data.status === "active");
  const { id: messageId } = await api.send(key, sessionId, `+${contact.number}`, "where am I?");
  await expect.poll(() => receiver.all.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const about = () =>
    system
      .output()
      .split("\n")
      .filter((line) => line.includes(messageId))
      .map((line) => /\{.*\}$/.exec(line)?.[0] ?? "{}")
      .map((json) => JSON.parse(json) as { messageId?: string; requestId?: string; msg: string });
  for (const station of stations) {
    const line = expect.objectContaining({ ...station, messageId, sessionId });
    await expect.poll(about).toContainEqual(line);
  }
  const requests = new Set(about().flatMap(({ requestId }) => requestId ?? []));
  expect(requests.size).toBe(1);
  expect(system.output()).not.toContain("where am I?");
});
