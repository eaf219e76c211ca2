import type { Runner } from "#test/chaos/stage/runner.ts";
import type { Probe } from "./fleet-probe.ts";

/** What a runner that was started with the probe holds, and has used. */
export async function askProbe(runner: Runner): Promise<Probe> {
  const answer = await runner.ask("probe");
  return (answer as { probe: Probe }).probe;
}

/** CPU seconds that its process has used so far. */
export async function askUsage(runner: Runner): Promise<number> {
  const answer = await runner.ask("usage");
  return (answer as { cpuSeconds: number }).cpuSeconds;
}

/** Longest stalls are told from here on: one that loads code serves nobody yet. */
export async function forgetStalls(runner: Runner): Promise<void> {
  await runner.ask("forget");
}
