// Preloaded (`--import`) into a process that is measured: answers what its parent asks.
import { monitorEventLoopDelay } from "node:perf_hooks";

export type Probe = {
  /** Resident memory as it is. */
  rssMb: number;
  /** The same after everything that can be collected is, and pages with holes are compacted. */
  collectedMb: number;
  heapMb: number;
  /** Since the process began. */
  cpuSeconds: number;
  /** Since the last answer. */
  stallMs: number;
};

type Collect = (options: { type: "major"; flavor: "last-resort"; execution: "sync" }) => void;

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

function measure(): Probe {
  const stallMs = delay.max / 1e6;
  const cpuSeconds = usedCpuSeconds();
  const { rss } = process.memoryUsage();
  const collect = globalThis.gc as Collect | undefined;
  // Twice: what the first collection finalises is free after the second.
  for (let i = 0; i < 2; i += 1) {
    collect?.({ type: "major", flavor: "last-resort", execution: "sync" });
  }
  const { rss: collected, heapUsed } = process.memoryUsage();
  delay.reset();
  return {
    rssMb: rss / 2 ** 20,
    collectedMb: collected / 2 ** 20,
    heapMb: heapUsed / 2 ** 20,
    cpuSeconds,
    stallMs,
  };
}

process.on("message", (message) => {
  if (message === "probe") process.send?.({ probe: measure() });
  if (message === "forget") process.send?.({ forgotten: delay.reset() });
  // Collecting garbage is work that nobody but the probe has asked for.
  if (message === "usage") process.send?.({ cpuSeconds: usedCpuSeconds() });
});

function usedCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
