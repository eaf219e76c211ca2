import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LambdaName } from "#shared/resources/processes.ts";

let all: string | undefined;

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
  const folder = mkdtempSync(join(tmpdir(), "wafleet-bundles-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  execFileSync(process.execPath, [join(import.meta.dirname, "bundle-areas.ts"), folder], {
    stdio: "inherit",
  });
  return folder;
}
