import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import type { Simulator } from "#simulator/simulator.ts";
import { connectBaileys, freshMemory, openDevice } from "./baileys-client.ts";

type Reply = { status: number; body: unknown };

const ask = async (
  { controlUrl }: Simulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> => {
  const init =
    body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(controlUrl + path, { method, ...init });
  return { status: response.status, body: await response.json() };
};

test("another process can make phones, link a device, write and read over HTTP", async () => {
  await using simulator = await startSimulator();
  const call = (method: string, path: string, body?: unknown) => ask(simulator, method, path, body);
  const made = await call("POST", "/control/phones", { phone: "4915550001", name: "Ada" });
  expect(made).toMatchObject({ status: 200, body: { number: "4915550001", name: "Ada" } });
  await call("POST", "/control/phones", { phone: "4915550002" });
  const ada = "/control/phones/4915550001";
  const grace = "/control/phones/4915550002";

  const memory = freshMemory();
  await using first = connectBaileys(simulator, memory);
  const qr = await first.qr();
  expect((await call("GET", "/control/qrs")).body).toMatchObject([{ connection: 1 }]);
  expect((await call("POST", `${ada}/scan`, { qr })).body).toMatchObject({ device: 1 });
  await first.closed();
  await using device = connectBaileys(simulator, memory);
  await device.opened();
  expect((await call("GET", `${ada}/devices`)).body).toMatchObject([
    { device: 0 },
    { device: 1, online: true },
  ]);

  await call("POST", `${grace}/messages`, { to: "4915550001", text: "from outside" });
  const { messages } = await device.waitForText("from outside");
  await device.socket.sendMessage("4915550002@s.whatsapp.net", { text: "answer" });
  await simulator.phone("4915550002")?.waitForMessage({ text: "answer" });
  const received = (await call("GET", `${grace}/messages`)).body as { id: string; text: string }[];
  expect(received).toMatchObject([{ text: "answer", from: "4915550001", fromDevice: 1 }]);
  expect(await call("POST", `${grace}/messages/${received[0]?.id}/read`)).toMatchObject({
    status: 200,
  });
  const seen = await call("GET", `/control/history?tag=message&id=${messages[0]?.key.id}`);
  expect(seen.body).toMatchObject([{ direction: "in" }, {}, {}]);
  expect((await call("GET", "/control/history/assertions")).body).toMatchObject({
    noCounterReuse: { ok: true },
    receivedOnce: { ok: true },
  });

  expect((await call("DELETE", `${ada}/devices/1`)).status).toBe(200);
  expect(await device.closed()).toBe(401);
});

test("a QR code as the plain body is scanned by a phone made for it", async () => {
  await using simulator = await startSimulator();
  await using device = connectBaileys(simulator, freshMemory());
  const linked = await ask(simulator, "POST", "/admin/mock-phone/scan-qr", await device.qr());
  expect(linked.status).toBe(200);
  expect(await device.closed()).toBe(515);
  expect(simulator.phones()).toHaveLength(1);
});

test("a phone goes offline and online, and faults start and end, over HTTP", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  const path = `/control/phones/${contact.number}`;
  await ask(simulator, "POST", `${path}/offline`);
  await device.socket.sendMessage(`${contact.number}@s.whatsapp.net`, { text: "later" });
  await own.waitForMessage({ text: "later" });
  expect((await ask(simulator, "GET", `${path}/messages`)).body).toEqual([]);
  await ask(simulator, "POST", `${path}/online`);
  expect((await ask(simulator, "GET", `${path}/messages`)).body).toMatchObject([{ text: "later" }]);

  const fault = { kind: "ack-error", code: 463, times: 2 };
  const started = await ask(simulator, "POST", "/control/faults", fault);
  expect((await ask(simulator, "GET", "/control/faults")).body).toMatchObject([{ fault }]);
  const { id } = started.body as { id: number };
  expect((await ask(simulator, "DELETE", `/control/faults/${id}`)).status).toBe(200);
  expect((await ask(simulator, "DELETE", `/control/faults/${id}`)).status).toBe(404);
  await ask(simulator, "POST", "/control/faults", { kind: "silence" });
  await ask(simulator, "DELETE", "/control/faults");
  expect((await ask(simulator, "GET", "/control/faults")).body).toEqual([]);
});

test("mistakes are answered with what to do", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  const call = (method: string, path: string, body?: unknown) => ask(simulator, method, path, body);
  const refusal = (status: number, message: string) => ({
    status,
    body: { message: expect.stringContaining(message) as string },
  });
  const path = `/control/phones/${phone.number}`;
  expect(await call("GET", "/control/nothing")).toMatchObject(refusal(404, "known are"));
  expect(await call("GET", "/control/phones/1")).toMatchObject(refusal(404, "create it"));
  expect(await call("POST", "/control/phones", "{")).toMatchObject(refusal(400, "not JSON"));
  expect(await call("POST", "/control/phones", { fone: 1 })).toMatchObject(refusal(400, "fone"));
  expect(await call("POST", "/control/phones", { phone: "12" })).toMatchObject(
    refusal(409, "7 to 15 digits"),
  );
  expect(await call("POST", `${path}/messages`, { to: "4999", text: "?" })).toMatchObject(
    refusal(409, "create a phone"),
  );
  expect(await call("POST", `${path}/scan`, { qr: "?" })).toMatchObject(refusal(409, "QR code"));
  expect(await call("POST", "/control/faults", { kind: "rain" })).toMatchObject({ status: 400 });
  expect(await call("POST", "/control/phones", "x".repeat(70_000))).toMatchObject({ status: 413 });
  const root = Buffer.from(simulator.rootPublicKey).toString("hex");
  expect((await call("GET", "/control/root")).body).toMatchObject({ publicKey: root });
});
