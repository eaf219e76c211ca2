import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const keySchema = z.object({
  id: z.uuid(),
  description: z.string(),
  createdAt: z.number(),
  /** 32 bytes, base64. */
  material: z.base64(),
});
const fileSchema = z.object({
  keys: z.array(keySchema),
  aliases: z.record(z.string(), z.string()),
});

export type Key = z.infer<typeof keySchema>;

export type KeyStore = {
  findKey(id: string): Key | undefined;
  /** `alias` with its `alias/` in front. */
  findAlias(alias: string): string | undefined;
  createKey(id: string, description: string, createdAt: number): Key;
  putAlias(alias: string, keyId: string): void;
};

/** Keys in memory, and in a file that only its owner can read when one is named. */
export function openKeyStore(file: string | undefined): KeyStore {
  const state = file !== undefined && existsSync(file) ? readKeys(file) : { keys: [], aliases: {} };
  const save = () => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  return {
    findKey: (id) => state.keys.find((key) => key.id === id),
    findAlias: (alias) => (Object.hasOwn(state.aliases, alias) ? state.aliases[alias] : undefined),
    createKey(id, description, createdAt) {
      const key = { id, description, createdAt, material: randomBytes(32).toString("base64") };
      state.keys.push(key);
      save();
      return key;
    },
    putAlias(alias, keyId) {
      state.aliases[alias] = keyId;
      save();
    },
  };
}

/** A file that cannot be read is never replaced: everything sealed with its keys would be lost. */
function readKeys(file: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(
      `The key file ${file} cannot be read. Restore it, or delete it if nothing that it sealed is needed.`,
      { cause },
    );
  }
}
