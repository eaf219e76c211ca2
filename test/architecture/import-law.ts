import { baileys, deployed, layout, mayImportBaileys, standIns } from "./layout.ts";
import { leavesFolder, packageOf, readImports } from "./read-imports.ts";
import type { Import } from "./read-imports.ts";
import { folderOf, isTestCode } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";

/** Breaches of the layout's import law, in words. `developerOnly` lists devDependencies. */
export function checkImportLaw(
  files: readonly SourceFile[],
  developerOnly: readonly string[] = [],
): string[] {
  return files
    .filter((file) => folderOf(file.path) !== undefined)
    .flatMap((file) =>
      readImports(file)
        .map((target) => findBreach(file.path, target, developerOnly))
        .filter((breach) => breach !== undefined)
        .map((breach) => `${file.path}: ${breach}`),
    );
}

function findBreach(
  from: string,
  target: Import,
  developerOnly: readonly string[],
): string | undefined {
  if (target.kind === "node") return undefined;
  return target.kind === "folder"
    ? findFolderBreach(from, target)
    : findPackageBreach(from, target.specifier, developerOnly);
}

function findFolderBreach(from: string, target: Import): string | undefined {
  const folder = folderOf(from) ?? "";
  const law = layout[folder];
  if (!law) return `the layout has no folder "${folder}"`;
  const testing = isTestCode(from) || folder === "test" || folder === "bench";
  if (!testing && isTestCode(target.path)) return `imports test code ${target.path}`;
  if (!leavesFolder(from, target)) return undefined;
  const reached = folderOf(target.path) ?? target.path;
  if (!target.specifier.startsWith("#")) return `reaches ${reached} without #${reached}/`;
  if (law.folders === "any" || law.folders.includes(reached)) return undefined;
  if (isTestCode(from) && standIns.includes(reached)) return undefined;
  return `${folder} may not import ${reached}`;
}

function findPackageBreach(
  from: string,
  specifier: string,
  developerOnly: readonly string[],
): string | undefined {
  const isTest = isTestCode(from);
  if (baileys.test(specifier) && !mayImportBaileys(from, specifier, isTest)) {
    return `only session-runner/whatsapp may import ${specifier}`;
  }
  if (isTest) return undefined;
  const folder = folderOf(from) ?? "";
  const allowed = layout[folder]?.packages ?? [];
  if (allowed !== "any" && !allowed.some((pattern) => pattern.test(specifier))) {
    return `${folder} may not import the package ${specifier}`;
  }
  if (deployed.includes(folder) && developerOnly.includes(packageOf(specifier))) {
    return `is deployed, but ${specifier} is a devDependency`;
  }
  return undefined;
}
