import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(root, "console/dist");
const sources = ["console/*", "console/!(dist|test)/**", "client/!(node_modules|dist|test)/**"];
const outdatedMs = 24 * 3_600_000;

/**
 * The folder of the console's files, built when what they are made of has changed. It is named by
 * that and appears whole, so that several processes may ask at once.
 */
export async function buildConsole(): Promise<string> {
  // An image holds what was built for it, and nothing to build it from.
  if (!existsSync(join(root, "console/main.tsx"))) return join(dist, readdirSync(dist)[0] ?? "");
  const built = join(dist, await fingerprint());
  if (existsSync(built)) return built;
  mkdirSync(dist, { recursive: true });
  removeOutdated();
  const outDir = mkdtempSync(join(dist, ".building-"));
  const { build } = await import("vite");
  await build({ configFile: join(root, "console/vite.config.ts"), build: { outDir } });
  try {
    renameSync(outDir, built);
  } catch (error) {
    rmSync(outDir, { recursive: true });
    // Somebody else was first, with the same files.
    if (!existsSync(built)) throw error;
  }
  return built;
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const paths = new Set<string>();
  for await (const entry of glob(sources, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) paths.add(join(entry.parentPath, entry.name));
  }
  for (const path of [...paths].sort()) {
    hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

function removeOutdated(): void {
  for (const name of readdirSync(dist)) {
    const folder = join(dist, name);
    const isOutdated = Date.now() - statSync(folder).mtimeMs > outdatedMs;
    if (isOutdated) rmSync(folder, { recursive: true, force: true });
  }
}
