import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { claimFolder, isLock } from "./claim-folder.ts";
import { StartError } from "./start-error.ts";

export type DataFolder = Disposable & {
  /** Absolute. */
  path: string;
};

const marker = "wafleet.json";

/**
 * Takes the folder for this process alone, and empties it when asked to. A folder that holds
 * somebody else's files is left alone.
 * @throws {StartError}
 */
export function openDataFolder(name: string, options: { reset: boolean }): DataFolder {
  const path = resolve(name);
  requireOurs(path);
  const release = claimFolder(path);
  if (options.reset) {
    for (const entry of readdirSync(path)) {
      if (!isLock(entry)) rmSync(join(path, entry), { recursive: true, force: true });
    }
  }
  writeFileSync(join(path, marker), '{"what":"the data of a local Wafleet"}\n');
  return { path, [Symbol.dispose]: release };
}

function requireOurs(path: string): void {
  if (!existsSync(path)) return;
  const entries = listEntries(path).filter((entry) => !isLock(entry));
  if (entries.length === 0 || entries.includes(marker)) return;
  throw new StartError(
    `${path} holds other files and no ${marker}: it is not a data folder of Wafleet and is left as it is. Name an empty or a new folder with --data.`,
  );
}

function listEntries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    throw new StartError(`${path} cannot be read as a folder: name another one with --data.`);
  }
}
