// Many sessions in one process: memory, restarts, idle calls, throughput, latency, growth of keys;
// plain Baileys beside it. `npm run bench -- fleet [sessions] [sessions of plain Baileys]`.
import { measureGrowth, measureSlowStore } from "./fleet-keys.ts";
import type { Rate } from "./fleet-messages.ts";
import { measureFleet } from "./fleet-ours.ts";
import type { Return } from "./fleet-ours.ts";
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
  print(
    "idle session, just paired, MB RSS",
    ours.pairedMb.toFixed(3),
    plain.perSessionMb.toFixed(3),
  );
  print("  just come back", ours.loadedMb.toFixed(3), "");
  print("  garbage collected", ours.collectedMb.toFixed(3), plain.collectedMb.toFixed(3));
  print("  of which heap, KB", ours.heapKb.toFixed(0), "");
  print("pairings a second", ours.pairingPerSecond.toFixed(1), "");
  printReturn("restart of the runner", ours.runnerBack);
  printReturn("server away", ours.serverBack, plain.back);
  const { oneSession, manySessions, inManySessions, incoming } = ours;
  printRate("messages a second, one session", oneSession, plain.oneSession);
  printRate(`messages a second, ${manySessions} sessions`, inManySessions);
  printRate("messages in a second, one session", incoming);
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

function printReturn(what: string, ours: Return, plain?: Return): void {
  const show = (one: Return | undefined, key: keyof Return, digits: number) =>
    one === undefined ? "" : one[key].toFixed(digits);
  print(`${what}: all back after, ms`, show(ours, "ms", 0), show(plain, "ms", 0));
  print("  CPU of the process, s", show(ours, "cpuSeconds", 1), show(plain, "cpuSeconds", 1));
  print("  longest stall, ms", show(ours, "stallMs", 0), show(plain, "stallMs", 0));
}

function printRate(what: string, ours: Rate, plain?: Rate): void {
  print(what, ours.perSecond.toFixed(0), plain?.perSecond.toFixed(0) ?? "");
  print("  CPU of the process, ms each", ours.cpuMs.toFixed(2), plain?.cpuMs.toFixed(2) ?? "");
}
