import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export type System = {
  pid: number;
  /** What it printed so far, both outputs. */
  output: () => string;
  /** Resolves when the output has the text; rejects when the process ends without it. */
  shows(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code; null after a signal. */
  ended: Promise<number | null>;
};

/** Runs one of our commands as a person would, in a process of its own. */
export function runCommand(script: "main" | "demo", args: string[]): System {
  return watch(process.execPath, [toFile(script), ...args]);
}

/** The same in a shell, as npm does; signals go to the shell. */
export function runAsNpm(script: "main" | "demo", args: string[]): System {
  const command = [process.execPath, toFile(script), ...args].map((part) => `'${part}'`).join(" ");
  return watch("sh", ["-c", `${command}; exit $?`], { npm_lifecycle_event: "start" });
}

function toFile(script: "main" | "demo"): string {
  return fileURLToPath(new URL(`../../${script}.ts`, import.meta.url));
}

function watch(command: string, args: string[], env: Record<string, string> = {}): System {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let output = "";
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      for (const look of watchers) look();
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return {
    pid: child.pid as number,
    output: () => output,
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (output.includes(text)) resolve();
        };
        watchers.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without "${text}":\n${output}`)));
      }),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

export const anyPorts = ["", "socket-", "console-", "simulator-"].flatMap((what) => [
  `--${what}port`,
  "0",
]);

/** A whole system on free ports, up and running. */
export async function startSystem(folder: string, more: string[] = []): Promise<System> {
  const system = runCommand("main", ["--data", folder, ...anyPorts, ...more]);
  await system.shows("Ctrl-C ends everything");
  return system;
}
