// One runner process of the stage.
import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type Runner = {
  workerId: string;
  pid: number;
  running(): boolean;
  /** Resolves when it has joined the fleet, or is gone already. */
  ready: Promise<void>;
  exited: Promise<{ signal: NodeJS.Signals | null; code: number | null; at: number }>;
  signal(signal: NodeJS.Signals): void;
  /** Sends a message to what is preloaded into it; resolves with the next one that comes back. */
  ask(question: string): Promise<unknown>;
};

export type RunnerOptions = {
  workerId: string;
  env: Record<string, string>;
  nodeArgs: string[];
  onLine: (line: string) => void;
};

const main = new URL("../../../session-runner/main.ts", import.meta.url).pathname;

export function startRunner({ workerId, env, nodeArgs, onLine }: RunnerOptions): Runner {
  const child = fork(main, [], {
    env: { ...env, WAFLEET_WORKER_ID: workerId },
    execArgv: nodeArgs,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let lastLine = "";
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lastLine = line;
      onLine(line);
    });
  }
  let running = true;
  const exited = new Promise<{ signal: NodeJS.Signals | null; code: number | null; at: number }>(
    (resolve) => {
      child.once("exit", (code, signal) => {
        running = false;
        resolve({ code, signal, at: Date.now() });
      });
    },
  );
  const ready = Promise.race([
    once(child, "message"),
    exited.then(({ code }) => {
      if (code) throw new Error(`${workerId} ended with code ${code}: ${lastLine}`);
    }),
  ]).then(() => undefined);
  // Whoever waits for it hears of it.
  ready.catch(() => undefined);
  return {
    workerId,
    pid: child.pid ?? 0,
    running: () => running,
    ready,
    exited,
    signal: (signal) => void child.kill(signal),
    async ask(question) {
      const answer = once(child, "message");
      child.send(question);
      return (await answer)[0];
    },
  };
}
