import { execFile, execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LambdaName } from "#shared/resources/processes.ts";

let all: string | undefined;

/** Makes every bundle in the background, for a `writeBundle` that comes after. */
export async function bundleAhead(): Promise<void> {
  const folder = makeFolder();
  const { stderr } = await promisify(execFile)(process.execPath, bundlerArgs(folder), options);
  process.stderr.write(stderr);
  all = folder;
}

/**
 * One ES module with everything that an area's handler imports, the AWS SDK of our lock file too.
 * @returns the file's path
 */
export function writeBundle(name: LambdaName, folder: string): string {
  all ??= bundleAll();
  const outfile = join(folder, "index.mjs");
  copyFileSync(join(all, `${name}.mjs`), outfile);
  return outfile;
}

function bundleAll(): string {
  const folder = makeFolder();
  execFileSync(process.execPath, bundlerArgs(folder), { ...options, stdio: "inherit" });
  return folder;
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wafleet-bundles-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  return folder;
}

function bundlerArgs(folder: string): string[] {
  return [join(import.meta.dirname, "bundle-areas.ts"), folder];
}

/** esbuild lives for seconds: tidying up its memory took a third of its time. */
const options = { env: { GOGC: "off", GOMEMLIMIT: "1GiB" } };
