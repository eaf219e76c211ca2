import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "./start-error.ts";

/**
 * Makes this process the only one that uses the folder, until it releases it or ends. Each process
 * puts its own file there first and looks for others afterwards: of two at the same time, at least
 * one sees the other. The file of a process that is gone is taken away.
 * @throws {StartError} when another one uses it
 */
export function claimFolder(
  folder: string,
  pid: number = process.pid,
  isAlive: (pid: number) => boolean = isRunning,
): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = join(folder, lockName(pid));
  writeFileSync(own, "");
  const release = () => rmSync(own, { force: true });
  for (const name of readdirSync(folder)) {
    const other = lockPid(name);
    if (other === undefined || other === pid) continue;
    if (isAlive(other)) {
      release();
      throw new StartError(
        `${folder} is in use by process ${other}: stop that one, or choose another folder with --data.\n` +
          `If process ${other} is not Wafleet, delete ${join(folder, name)}.`,
      );
    }
    rmSync(join(folder, name), { force: true });
  }
  return release;
}

export function isLock(name: string): boolean {
  return lockPid(name) !== undefined;
}

function lockName(pid: number): string {
  return `in-use-by-${pid}.lock`;
}

function lockPid(name: string): number | undefined {
  const pid = /^in-use-by-(\d+)\.lock$/.exec(name)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, so there is one.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
