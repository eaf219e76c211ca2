import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

const shortKey =
  "return createKey(item, table, keySchema) + hashPrefix.apply(this, tableKeyPieces)";
const wholeKey = `${shortKey} + '/' + createKey(item, table)`;

/**
 * Dynalite tells the entries of an index that have the same key apart by 24 bits of a hash of their
 * items' keys: of 5,000 such entries two are one, as a rule, and an item cannot be found by the index.
 * So the items' keys are added. It has no option for it, and what it calls is inside that module.
 */
const hooks = registerHooks({
  load(url, context, next) {
    if (!url.endsWith("/dynalite/db/index.js")) return next(url, context);
    const theirs = readFileSync(fileURLToPath(url), "utf8");
    const source = theirs.replace(shortKey, () => wholeKey);
    if (source === theirs) throw new Error("dynalite makes the keys of its indexes in another way");
    return { format: "commonjs", source, shortCircuit: true };
  },
});
require("dynalite/db");
hooks.deregister();

/** One of dynalite's modules. */
export const requireDynalite = (path: string): unknown => require(`dynalite/${path}`);
