// Many sessions in one process: memory, restarts, idle calls, throughput, latency, growth of keys;
// plain Baileys beside it. `npm run bench -- fleet [sessions] [sessions of plain Baileys]`.
import { measureGrowth, measureSlowStore } from "./fleet-keys.ts";
import { measureFleet } from "./fleet-ours.ts";
import { measurePlain } from "./fleet-plain.ts";

const growthSteps = [500, 2_000, 5_000, 10_000];

export async function run(): Promise<void> {
  const sessions = Number(process.argv[3] ?? 1_000);
  const plainSessions = Number(process.argv[4] ?? 100);
  const ours = await measureFleet(sessions, console.log);
  console.log("plain Baileys");
  const plain = await measurePlain(plainSessions, 300);
  console.log("slow store");
  const slow = await measureSlowStore(200);
  console.log("growth of keys");
  const growth = await measureGrowth(growthSteps);

  print("", "wafleet", "plain Baileys");
  print("sessions in the process", ours.sessions, plain.sessions);
  print("fixed part, MB RSS", ours.fixedMb.toFixed(0), plain.fixedMb.toFixed(0));
  print("idle session, MB RSS", ours.perSessionMb.toFixed(3), plain.perSessionMb.toFixed(3));
  print("  in a process that loaded it, MB RSS", ours.loadedPerSessionMb.toFixed(3), "");
  print("  of which heap, KB", ours.heapPerSessionKb.toFixed(0), "");
  print("pairings a second", ours.pairingPerSecond.toFixed(1), "");
  print("all back after a restart of the runner, s", seconds(ours.runnerBackMs), "");
  print("  longest stall, ms", ours.runnerBackStallMs.toFixed(0), "");
  print("all back after the server was away, s", seconds(ours.serverBackMs), seconds(plain.backMs));
  print("  longest stall, ms", ours.serverBackStallMs.toFixed(0), plain.stallMs.toFixed(0));
  const { oneSessionPerSecond, manySessions, manySessionsPerSecond } = ours;
  const through = oneSessionPerSecond.toFixed(0);
  print("messages a second, one session", through, plain.oneSessionPerSecond.toFixed(0));
  print(`messages a second, ${manySessions} sessions`, manySessionsPerSecond.toFixed(0), "");
  print("accept to acknowledgement, p50 ms", ours.latencyP50Ms, "");
  print("accept to acknowledgement, p99 ms", ours.latencyP99Ms, "");
  print("slow store: lost, undecryptable", `${slow.lost}, ${slow.undecryptable}`, "");
  for (const { sends, bytes } of growth) print(`snapshot after ${sends} sends, bytes`, bytes, "");
  console.log("AWS calls a minute, no session:", JSON.stringify(ours.emptyCalls));
  console.log("AWS calls a minute, all idle:  ", JSON.stringify(ours.idleCalls));
}

function print(what: string, ours: string | number, plain: string | number): void {
  console.log(`${what.padEnd(46)} ${String(ours).padStart(10)} ${String(plain).padStart(14)}`);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
