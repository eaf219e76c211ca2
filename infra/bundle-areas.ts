// `node infra/bundle-areas.ts FOLDER`: every area's bundle at once, so that what they share is read
// and parsed once. A process of its own, because esbuild runs plugins asynchronously and CDK does not.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { processes } from "#shared/resources/processes.ts";

const root = join(import.meta.dirname, "..");
const zodLocales = join(root, "node_modules/zod/v4/locales");

/** Messages of ours are English: the other fifty languages would be a tenth of each bundle. */
const oneLanguage: Plugin = {
  name: "one language",
  setup(bundler) {
    bundler.onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer }) =>
      importer.includes("/node_modules/zod/")
        ? { path: zodLocales, namespace: "one-language" }
        : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: "one-language" }, () => ({
      contents: 'export { default as en } from "./en.js";',
      resolveDir: zodLocales,
    }));
  },
};

const names = Object.keys(processes).filter((name) => name !== "runner");

await build({
  entryPoints: Object.fromEntries(names.map((name) => [name, findEntry(name)])),
  outdir: process.argv[2] ?? "",
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
  plugins: [oneLanguage],
  logLevel: "warning",
  legalComments: "none",
});

/** Areas of the HTTP API live together; the others each have a folder of their own. */
function findEntry(name: string): string {
  const own = join(root, "functions", name, "handler.ts");
  return existsSync(own) ? own : join(root, "functions/api", name, "handler.ts");
}
