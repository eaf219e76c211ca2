import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type NodeProcess = {
  pid: number;
  /** Resolves with the first message that it sends; rejects when it ends before that. */
  ready: Promise<unknown>;
  /** Resolves when the process is gone and all that it printed was read. */
  exited: Promise<Exit>;
  /** Sends the signal, then SIGKILL when the process is still there after the limit. */
  stop(signal: "SIGTERM" | "SIGKILL", limitMs?: number): Promise<Exit>;
};

export type NodeProcessOptions = {
  script: string;
  args?: string[];
  /** Node's own flags. */
  nodeArgs?: string[];
  env: Record<string, string | undefined>;
  onLine: (line: string) => void;
};

const stopLimitMs = 20_000;
/** The last lines, for the error of a process that did not start. */
const keptLines = 20;
const running = new Set<ChildProcess>();

/**
 * Starts another Node process. It is in a group of its own, so that Ctrl-C reaches this process
 * alone, which then ends the others in order; and it has a channel whose end tells it that this
 * process is gone.
 */
export async function startNodeProcess(options: NodeProcessOptions): Promise<NodeProcess> {
  const { script, args = [], nodeArgs = [], env, onLine } = options;
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  const lines: string[] = [];
  const hear = (line: string) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    onLine(line);
  };
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output as Readable }).on("line", hear);
  }
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve).once("error", reject);
  });
  keepTrack(child);
  const ready = new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    void exited.then((exit) =>
      reject(
        new Error(`${script} ended before it was ready (${toText(exit)}):\n${lines.join("\n")}`),
      ),
    );
  });
  // Not everybody who starts a process waits for it.
  ready.catch(() => {});
  return {
    pid: child.pid as number,
    ready,
    exited,
    async stop(signal, limitMs = stopLimitMs) {
      child.kill(signal);
      const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
      try {
        return await exited;
      } finally {
        clearTimeout(limit);
      }
    },
  };
}

export function toText({ code, signal }: Exit): string {
  return signal ?? `code ${code}`;
}

/** Nothing outlives this process, however it ends; killed itself, it leaves that to the channel. */
function keepTrack(child: ChildProcess): void {
  if (running.size === 0) {
    process.removeListener("exit", killAll);
    process.once("exit", killAll);
  }
  running.add(child);
}

function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
