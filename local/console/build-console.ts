import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(root, "console/dist");
const mark = join(dist, ".built-from");
const sources = ["console/*", "console/!(dist|test)/**", "client/!(node_modules|dist|test)/**"];

/** The console's files, built anew when what they are made of has changed; gives their folder. */
export async function buildConsole(): Promise<string> {
  // An image holds what was built for it, and nothing to build it from.
  if (!existsSync(join(root, "console/main.tsx"))) return dist;
  const wanted = await fingerprint();
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return dist;
  const { build } = await import("vite");
  await build({ configFile: join(root, "console/vite.config.ts") });
  writeFileSync(mark, wanted);
  return dist;
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const paths = new Set<string>();
  for await (const entry of glob(sources, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) paths.add(join(entry.parentPath, entry.name));
  }
  for (const path of [...paths].sort()) hash.update(path).update(readFileSync(path));
  return hash.digest("hex");
}
