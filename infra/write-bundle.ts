import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { LambdaName } from "#shared/resources/processes.ts";

const root = join(import.meta.dirname, "..");

/**
 * One ES module with everything that an area's handler imports, the AWS SDK of our lock file too.
 * esbuild runs in this process: the way through a shell costs more than the bundling itself.
 * @returns the file's path
 */
export function writeBundle(name: LambdaName, folder: string): string {
  const outfile = join(folder, "index.mjs");
  buildSync({
    entryPoints: [findEntry(name)],
    outfile,
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
  return outfile;
}

/** Areas of the HTTP API live together; the others each have a folder of their own. */
function findEntry(name: LambdaName): string {
  const own = join(root, "functions", name, "handler.ts");
  return existsSync(own) ? own : join(root, "functions/api", name, "handler.ts");
}
