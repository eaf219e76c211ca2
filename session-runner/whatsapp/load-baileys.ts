// Baileys with an encoder of stanzas and a decoder of JIDs that are ours: it has no other place where
// they could stand, and what it works with is found while its modules are loaded. So this must be the
// first to load it.
import { registerHooks } from "node:module";

const replaced = [
  { theirs: /\/@whiskeysockets\/baileys\/lib\/WABinary\/encode\.js$/, ours: "./encode-node.ts" },
  { theirs: /\/@whiskeysockets\/baileys\/lib\/WABinary\/jid-utils\.js$/, ours: "./decode-jid.ts" },
].map(({ theirs, ours }) => ({ theirs, ours: new URL(ours, import.meta.url).href }));

const hooks = registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const instead = replaced.find(({ theirs }) => theirs.test(found.url));
    // What stands in for a module may build on it.
    if (!instead || instead.ours === context.parentURL) return found;
    return { url: instead.ours, format: "module-typescript" };
  },
});

export const baileys = await import("@whiskeysockets/baileys");
export const { SenderKeyRecord } =
  await import("@whiskeysockets/baileys/lib/Signal/Group/sender-key-record.js");

hooks.deregister();
