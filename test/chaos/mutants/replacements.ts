/** A piece of the runner's source and what stands there instead. */
export type Replacement = { name: string; file: string; from: string; to: string };

export const replacements: Replacement[] = [
  {
    name: "thief",
    file: "fleet/share.ts",
    from: "(owner === me || holding.has(owner))",
    to: "owner === me",
  },
  {
    // The table goes on saying that the other one holds the shard.
    name: "thief",
    file: "fleet/worker.ts",
    from: "await store.claim(shard, seen, workerId, giver)",
    to: "!this.#held.has(shard)",
  },
  {
    name: "no-fence",
    file: "journal/entry-store.ts",
    from: 'ConditionExpression: "attribute_not_exists(seq)",',
    to: "",
  },
  {
    name: "wire-before-commit",
    file: "whatsapp/wire-gate.ts",
    from: "if (!last && journal.settled) {",
    to: "if (!last || journal.settled) {",
  },
  {
    name: "receipt-before-plaintext",
    file: "events/event-stream.ts",
    from: "journal.stage({ events: [event] });",
    to: "",
  },
  {
    name: "receipt-before-plaintext",
    file: "whatsapp/decryption.ts",
    from: "recall(_node, ciphertext) {",
    to: "recall(_node, ciphertext) { return undefined;",
  },
  {
    name: "no-send-dedupe",
    file: "session/settlements.ts",
    from: "this.#settled.has(messageId)",
    to: "false",
  },
  {
    name: "no-send-dedupe",
    file: "session/wire-notes.ts",
    from: "journal !== undefined && keptFates(journal).find(whatsappId) !== undefined",
    to: "journal === undefined && keptFates(journal) !== undefined",
  },
  {
    name: "short-device-cache",
    file: "whatsapp/device-cache.ts",
    from: "6 * 3_600_000",
    to: "2_000",
  },
];
