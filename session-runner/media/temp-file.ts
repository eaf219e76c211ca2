import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives `work` the path of a file of its own, which is gone afterwards. */
export async function withTempFile<Result>(
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = join(tmpdir(), `wafleet-${randomUUID()}`);
  try {
    return await work(path);
  } finally {
    await rm(path, { force: true });
  }
}
