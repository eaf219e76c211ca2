// Preloaded into a runner (`--import`): replaces a piece of its source as it is loaded, so that the
// code that is shipped needs no switch for what it must never do.
import { registerHooks } from "node:module";
import { replacements } from "./replacements.ts";

const wanted = (process.env["CHAOS_REPLACE"] ?? "").split(",");
const active = replacements.filter(({ name }) => wanted.includes(name));

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const edits = active.filter(({ file }) => url.endsWith(`/session-runner/${file}`));
    if (edits.length === 0 || loaded.source === undefined || loaded.source === null) return loaded;
    let source = Buffer.from(loaded.source as string).toString("utf8");
    for (const { name, from, to } of edits) {
      if (!source.includes(from)) {
        process.stderr.write(`replacement ${name} does not fit ${url} any more\n`);
        process.exit(70);
      }
      source = source.replace(from, to);
    }
    return { ...loaded, source };
  },
});
