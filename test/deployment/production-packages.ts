import { readFileSync } from "node:fs";

type LockedPackage = { dev?: true; optional?: true; devOptional?: true; link?: true };

/**
 * The folders that `npm ci --omit=dev --omit=optional --workspaces=false` installs, by the lock file:
 * npm marks what only development or optional packages ask for.
 */
export function productionPackages(lockFile: string): string[] {
  const { packages } = JSON.parse(readFileSync(lockFile, "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  return Object.entries(packages)
    .filter(([path, { link }]) => path.startsWith("node_modules/") && !link)
    .filter(([, locked]) => !(locked.dev ?? locked.optional))
    .filter(([, { devOptional }]) => devOptional !== true)
    .map(([path]) => path);
}
