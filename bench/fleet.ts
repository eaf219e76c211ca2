// Many sessions in one process: memory, restarts, idle calls, throughput, latency; plain Baileys
// beside it; a slow store; growth of keys. `npm run bench -- fleet [sessions] [sessions of plain
// Baileys] [parts]`, where parts are some of `sessions,plain,plain-memory,slow-store,growth`, or
// `compare`, which has to be asked for.
import { compareInTurn } from "./fleet-compare.ts";
import { measureGrowth, measureSlowStore } from "./fleet-keys.ts";
import { burst, groupMembers, groups } from "./fleet-messages.ts";
import { measureFleet } from "./fleet-ours.ts";
import type { Return } from "./fleet-ours.ts";
import { measurePlain } from "./fleet-plain.ts";
import type { KeysIn } from "./fleet-plain.ts";
import type { Rate } from "./fleet-rate.ts";
import { printComparison } from "./print-comparison.ts";

const toGroups = `messages a second to ${groups} groups of ${groupMembers}`;
/** They run only when they are asked for by name. */
const onlyByName = ["compare"];
const growthSteps = [1_000, 2_500, 5_000, 7_500, 10_000];

export async function run(): Promise<void> {
  const sessions = Number(process.argv[3] ?? 1_000);
  const plainSessions = Number(process.argv[4] ?? 100);
  const wanted = process.argv[5]?.split(",");
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted ? !wanted.includes(name) : onlyByName.includes(name)) continue;
    console.log(`\n${name}`);
    await measure({ sessions, plainSessions });
  }
}

type Sizes = { sessions: number; plainSessions: number };

const parts: Record<string, (sizes: Sizes) => Promise<void>> = {
  async sessions({ sessions }) {
    const ours = await measureFleet(sessions, (text) => console.log(`… ${text}`));
    print("sessions in the process", ours.sessions);
    print("fixed part, MB RSS", ours.fixedMb.toFixed(0));
    print("idle session, just paired, MB RSS", ours.pairedMb.toFixed(3));
    print("  just come back", ours.loadedMb.toFixed(3));
    print("  garbage collected", ours.collectedMb.toFixed(3));
    print("  of which heap, KB", ours.heapKb.toFixed(0));
    print("pairings a second", ours.pairingPerSecond.toFixed(1));
    printReturn("restart of the runner", ours.runnerBack);
    printReturn("server away", ours.serverBack);
    printRate("messages a second, one session", ours.oneSession);
    printRate(`messages a second, ${ours.manySessions} sessions`, ours.inManySessions);
    printRate("messages in a second, one session", ours.incoming);
    printRate(toGroups, ours.toGroups);
    print("accept to acknowledgement, p50 ms", ours.latencyP50Ms);
    print("accept to acknowledgement, p99 ms", ours.latencyP99Ms);
    console.log("AWS calls a minute, no session:", JSON.stringify(ours.emptyCalls));
    console.log("AWS calls a minute, all idle:  ", JSON.stringify(ours.idleCalls));
  },
  plain: ({ plainSessions }) => printPlain(plainSessions, "files"),
  "plain-memory": ({ plainSessions }) => printPlain(plainSessions, "memory"),
  async "slow-store"() {
    const slow = await measureSlowStore(200);
    print("lost, undecryptable", `${slow.lost}, ${slow.undecryptable}`);
  },
  async growth() {
    for (const { sends, bytes } of await measureGrowth(growthSteps)) {
      print(`stored state after ${sends} sends, bytes`, bytes);
    }
  },
  async compare({ sessions, plainSessions }) {
    const log = (text: string) => console.log(`… ${text}`);
    printComparison(await compareInTurn(sessions, plainSessions, log));
  },
};

/** As Baileys' README has it, or with keys in memory: nothing durable, the least that it costs. */
async function printPlain(sessions: number, keysIn: KeysIn): Promise<void> {
  const plain = await measurePlain(sessions, keysIn === "files" ? 300 : burst, keysIn);
  print("sessions in the process", plain.sessions);
  print("fixed part, MB RSS", plain.fixedMb.toFixed(0));
  print("idle session, just paired, MB RSS", plain.perSessionMb.toFixed(3));
  print("  garbage collected", plain.collectedMb.toFixed(3));
  printReturn("connections cut", plain.back);
  printRate("messages a second, one session", plain.oneSession);
  printRate("messages in a second, one session", plain.incoming);
  printRate(toGroups, plain.toGroups);
}

function print(what: string, figure: string | number): void {
  console.log(`${what.padEnd(46)} ${String(figure).padStart(10)}`);
}

function printReturn(what: string, { ms, cpuSeconds, stallMs }: Return): void {
  print(`${what}: all back after, s`, (ms / 1_000).toFixed(1));
  print("  CPU of the process, s", cpuSeconds.toFixed(1));
  print("  longest stall, ms", stallMs.toFixed(0));
}

function printRate(what: string, { perSecond, cpuMs }: Rate): void {
  print(what, perSecond.toFixed(0));
  print("  CPU of the process, ms each", cpuMs.toFixed(2));
}
