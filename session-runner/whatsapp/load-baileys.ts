// Baileys with an encoder of stanzas that is ours: it has no other place where one could stand, and
// what it encodes with is found while its modules are loaded. So this must be the first to load it.
import { registerHooks } from "node:module";

const theirs = /\/@whiskeysockets\/baileys\/lib\/WABinary\/encode\.js$/;
const ours = new URL("./encode-node.ts", import.meta.url).href;

const hooks = registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return theirs.test(found.url) ? { url: ours, format: "module-typescript" } : found;
  },
});

export const baileys = await import("@whiskeysockets/baileys");
export const { SenderKeyRecord } =
  await import("@whiskeysockets/baileys/lib/Signal/Group/sender-key-record.js");

hooks.deregister();
