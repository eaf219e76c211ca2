import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Measure } from "./measure-process.ts";

/** Starts a runner so that it can be measured. */
export const measured = {
  nodeArgs: ["--import", new URL("./measure-process.ts", import.meta.url).pathname],
};

export async function measure(runner: ChildProcess): Promise<Measure> {
  const answer = once(runner, "message");
  runner.send("measure");
  const [found] = (await answer) as [Measure];
  return found;
}
