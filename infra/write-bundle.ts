import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { processes } from "#shared/resources/processes.ts";
import type { LambdaName } from "#shared/resources/processes.ts";

const root = join(import.meta.dirname, "..");

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

/**
 * All areas at once: what they share is read and parsed once. esbuild runs in this process, because
 * the way through a shell costs more than the bundling itself.
 */
function bundleAll(): string {
  const folder = mkdtempSync(join(tmpdir(), "wafleet-bundles-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const names = Object.keys(processes).filter((name) => name !== "runner") as LambdaName[];
  buildSync({
    entryPoints: Object.fromEntries(names.map((name) => [name, findEntry(name)])),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // Names stay, so that a stack in the log can be read without a source map.
    minifyWhitespace: true,
    minifySyntax: true,
    // CommonJS packages inside an ES module still call `require`.
    banner: {
      js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);',
    },
    logLevel: "warning",
    legalComments: "none",
  });
  return folder;
}

/** Areas of the HTTP API live together; the others each have a folder of their own. */
function findEntry(name: LambdaName): string {
  const own = join(root, "functions", name, "handler.ts");
  return existsSync(own) ? own : join(root, "functions/api", name, "handler.ts");
}
