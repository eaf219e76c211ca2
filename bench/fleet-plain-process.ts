// The process of plain Baileys, as its parent has it.
import { fork } from "node:child_process";
import { once } from "node:events";
import type { Simulator } from "#simulator/simulator.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";
import type { PlainNews, PlainRequest } from "./fleet-plain-baileys.ts";
import type { Probe } from "./fleet-probe.ts";

export type PlainProcess = ReturnType<typeof startPlain>;

type News = PlainNews | { probe: Probe } | { cpuSeconds: number } | "ready";

const script = new URL("./fleet-plain-baileys.ts", import.meta.url).pathname;
const probe = new URL("./fleet-probe.ts", import.meta.url).pathname;
const patienceMs = 300_000;

/** Without a folder, its keys are in memory. */
export function startPlain(simulator: Simulator, folder = "") {
  const rootKey = Buffer.from(simulator.rootPublicKey).toString("hex");
  const child = fork(script, [simulator.url, rootKey, folder], {
    execArgv: ["--expose-gc", "--import", probe],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const opened = new Set<string>();
  const codes = new Map<string, string>();
  /** By their texts. */
  const sent = new Map<string, number>();
  let received = 0;
  let probed: Probe | undefined;
  let used: number | undefined;
  child.on("message", (news: News) => {
    if (news === "ready") return;
    if ("probe" in news) probed = news.probe;
    else if ("cpuSeconds" in news) used = news.cpuSeconds;
    else if (news.kind === "qr") codes.set(news.name, news.qr);
    else if (news.kind === "open") opened.add(news.name);
    else if (news.kind === "received") received += 1;
    else sent.set(news.text, news.at);
  });
  const request = (what: PlainRequest) => void child.send(what);

  async function askProbe(): Promise<Probe> {
    probed = undefined;
    child.send("probe");
    await mustBecome("the probe answers", () => probed !== undefined, patienceMs);
    return probed as unknown as Probe;
  }

  async function askUsage(): Promise<number> {
    used = undefined;
    child.send("usage");
    await mustBecome("the usage is told", () => used !== undefined, patienceMs);
    return used as unknown as number;
  }

  async function pair(name: string): Promise<string> {
    const phone = await simulator.createPhone();
    request({ kind: "open", name });
    await mustBecome("a code is shown", () => codes.has(name), patienceMs);
    await phone.scan(codes.get(name) ?? "");
    await mustBecome("it is open", () => opened.has(name), patienceMs);
    return phone.number;
  }

  return {
    opened,
    sent,
    received: () => received,
    probe: askProbe,
    /** CPU seconds that it has used so far. */
    usage: askUsage,
    /** Opens a session and links it to a new phone; gives the phone's number. */
    pair,
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    send: (name: string, to: string, text: string) => request({ kind: "send", name, to, text }),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
