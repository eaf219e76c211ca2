import { fork } from "node:child_process";
import { once } from "node:events";
import { toSummary } from "./report.ts";
import type { Reported } from "./report.ts";

export type ApartOptions = { seed: number; short: boolean; log: (text: string) => void };

const main = new URL("./main.ts", import.meta.url).pathname;

/** Runs a row in a process of its own, so that rows can run beside each other. */
export async function runApart(number: number, options: ApartOptions): Promise<Reported> {
  const { seed, short, log } = options;
  const flags = ["--part", "--only", String(number), "--seed", String(seed)];
  const child = fork(main, [...flags, ...(short ? ["--short"] : [])], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit").then(([code, signal]) => {
    throw new Error(`row ${number} ended with ${String(signal ?? code)} and no report`);
  });
  const [reported] = (await Promise.race([once(child, "message"), gone])) as [Reported];
  gone.catch(() => undefined);
  log(toSummary(reported));
  return reported;
}
