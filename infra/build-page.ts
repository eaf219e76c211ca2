import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** The folder of the console's files, built by a program of its own when they have changed. */
export async function buildPage(): Promise<string> {
  const script = join(import.meta.dirname, "../local/console/main.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  return stdout.trim();
}
