// How many devices one simulator holds, what each costs in memory, and that all of them are served.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";
import type { Phone } from "#simulator/phone/phone.ts";
import { startSimulator } from "#simulator/start-simulator.ts";

const devices = Number(process.env["DEVICES"] ?? 2_000);
const devicesPerPhone = 4;
const longestMs = 10 * 60_000;
const clients = fileURLToPath(new URL("raw-devices.ts", import.meta.url));

const told = z.union([
  z.object({ index: z.number(), qr: z.string() }),
  z.object({ messages: z.number() }),
  z.object({ connected: z.number() }),
]);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const megabytes = (): { rss: number; heap: number; outside: number } => {
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const toMb = (bytes: number): number => Math.round(bytes / 1_048_576);
  return { rss: toMb(rss), heap: toMb(heapUsed), outside: toMb(external) };
};

const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(1);

/** Scans what the clients show, until all are connected; later hears of every message they got. */
const serve = (child: ChildProcess, phones: Phone[]) => {
  let messages = 0;
  let wake = (): void => {};
  const connected = new Promise<void>((resolve, reject) => {
    child.on("exit", () => reject(new Error("the clients ended before all were connected")));
    child.on("message", (message: unknown) => {
      const news = told.parse(message);
      if ("connected" in news) resolve();
      if ("messages" in news) messages = news.messages;
      if ("qr" in news)
        phones[Math.floor(news.index / devicesPerPhone)]?.scan(news.qr).catch(reject);
      wake();
    });
  });
  const received = (wanted: number): Promise<void> =>
    new Promise((resolve) => {
      wake = () => {
        if (messages >= wanted) resolve();
      };
      wake();
    });
  return { connected, received };
};

export async function run(): Promise<void> {
  await using simulator = await startSimulator();
  const empty = megabytes();
  const phones: Phone[] = [];
  for (let count = 0; count < devices / devicesPerPhone; count += 1)
    phones.push(await simulator.createPhone());
  const withPhones = megabytes();

  const started = performance.now();
  const child = fork(clients, [simulator.url, String(devices)], { timeout: longestMs });
  try {
    const { connected, received } = serve(child, phones);
    await connected;
    const took = seconds(started);
    const withDevices = megabytes();
    simulator.history.clear();
    const idle = megabytes();

    const asked = performance.now();
    const writer = await simulator.createPhone();
    for (const phone of phones) await writer.say(phone.number, "to each of your devices");
    await received(devices);
    const online = phones.flatMap((phone) => phone.devices()).filter((each) => each.online);
    console.table({ empty, withPhones, withDevices, "history cleared": idle });
    console.log(`${online.length - phones.length} devices connected, paired in ${took} s`);
    console.log(`one message to each of them arrived in ${seconds(asked)} s`);
    const each =
      ((idle.heap + idle.outside - withPhones.heap - withPhones.outside) * 1_024) / devices;
    const rss = ((withDevices.rss - withPhones.rss) * 1_024) / devices;
    console.log(`per device ${each.toFixed(0)} KB live, ${rss.toFixed(0)} KB of RSS`);
  } finally {
    child.kill();
    await once(child, "exit").catch(() => {});
  }
}
