// Preloaded (`--import`) into a process that is measured: answers what its parent asks.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

export type Probe = { rssMb: number; heapMb: number; cpuSeconds: number; stallMs: number };

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

async function measure(): Promise<Probe> {
  const stallMs = delay.max / 1e6;
  // Twice: what the first collection finalises is free after the second.
  for (let i = 0; i < 2; i += 1) {
    globalThis.gc?.();
    await sleep(200);
  }
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  delay.reset();
  return {
    rssMb: rss / 2 ** 20,
    heapMb: heapUsed / 2 ** 20,
    cpuSeconds: (user + system) / 1e6,
    stallMs,
  };
}

process.on("message", (message) => {
  if (message === "probe") void measure().then((probe) => process.send?.({ probe }));
});
