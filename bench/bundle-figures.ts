// What a cold start has to load: each Lambda's bundle as it is deployed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { processes } from "#shared/resources/processes.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import { writeBundle } from "#infra/write-bundle.ts";
import { percentile } from "./percentile.ts";

const importsOfEach = 5;

/** Prints a line's milliseconds, the process's own start left out. */
const timeImport = `
  const startedAt = performance.now();
  await import(process.argv[1]);
  process.stdout.write(String(performance.now() - startedAt));
  process.exit(0);
`;

export function printBundleFigures(): void {
  const folder = mkdtempSync(join(tmpdir(), "wafleet-bench-"));
  console.log("\nbundle of each Lambda                  KB    KB compressed   import, ms (median)");
  try {
    for (const name of Object.keys(processes)) {
      if (name === "runner") continue;
      const file = writeBundle(name as LambdaName, folder);
      const bytes = readFileSync(file);
      const times = Array.from({ length: importsOfEach }, () => importMs(file));
      const figures = [bytes.length / 1024, gzipSync(bytes).length / 1024, percentile(times, 0.5)];
      console.log(
        `  ${name.padEnd(30)} ${figures.map((x) => x.toFixed(0).padStart(9)).join("      ")}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importMs(file: string): number {
  const args = ["--input-type=module", "-e", timeImport, file];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
}
