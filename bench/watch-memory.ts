import { readFile } from "node:fs/promises";

const everyMs = 50;

/** Resident megabytes of a process: at the start, at most while `work` ran, and at its end. */
export async function watchMemory(
  pid: number,
  work: () => Promise<void>,
): Promise<{ before: number; peak: number; after: number }> {
  const before = await residentMb(pid);
  let peak = before;
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = residentMb(pid).then((now) => void (peak = Math.max(peak, now)));
  }, everyMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
    await looking;
  }
  return { before, peak, after: await residentMb(pid) };
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_024;
}
