import { parseSync } from "oxc-parser";
import type { SourceFile } from "./source-file.ts";

/** Files that pass on what others export: `export *`, or nothing but re-exports. */
export function findBarrels(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const { program, module } = parseSync(path, text);
    const entries = module.staticExports.flatMap((statement) => statement.entries);
    const passesAll = entries.some((entry) => entry.importName.kind.startsWith("All"));
    if (passesAll) return [`${path}: export *`];
    const onlyPassesOn =
      entries.length > 0 &&
      entries.every((entry) => entry.moduleRequest) &&
      program.body.length === module.staticExports.length;
    return onlyPassesOn ? [`${path}: nothing but re-exports`] : [];
  });
}
