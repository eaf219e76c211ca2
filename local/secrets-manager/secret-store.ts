import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const versionSchema = z.object({
  id: z.string(),
  text: z.string(),
  stages: z.array(z.string()),
  createdAt: z.number(),
});
const secretSchema = z.object({
  name: z.string(),
  /** With the random letters that AWS puts after the name. */
  arn: z.string(),
  description: z.string(),
  createdAt: z.number(),
  /** Newest last. */
  versions: z.array(versionSchema),
});
const fileSchema = z.object({ secrets: z.array(secretSchema) });

export type Secret = z.infer<typeof secretSchema>;
export type SecretVersion = z.infer<typeof versionSchema>;

export type SecretStore = {
  all(): readonly Secret[];
  /** Replaces the secret of that name. */
  put(secret: Secret): void;
};

/** Secrets in memory, and in a file that only its owner can read when one is named. */
export function openSecretStore(file: string | undefined): SecretStore {
  const secrets = new Map<string, Secret>();
  if (file !== undefined && existsSync(file)) {
    for (const secret of readSecrets(file)) secrets.set(secret.name, secret);
  }
  return {
    all: () => [...secrets.values()],
    put(secret) {
      secrets.set(secret.name, secret);
      if (file === undefined) return;
      mkdirSync(dirname(file), { recursive: true });
      const text = JSON.stringify({ secrets: [...secrets.values()] });
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

/** A file that cannot be read is never replaced: everyone would be signed out without a word. */
function readSecrets(file: string): Secret[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8"))).secrets;
  } catch (cause) {
    throw new Error(
      `The secrets file ${file} cannot be read. Restore it, or delete it to start with new secrets.`,
      { cause },
    );
  }
}
