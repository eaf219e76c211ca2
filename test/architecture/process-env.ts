import { matchesGlob } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import type { SourceFile } from "./source-file.ts";

/** Files that read the environment outside the places where that is allowed (globs). */
export function findEnvironmentReads(
  files: readonly SourceFile[],
  allowed: readonly string[],
): string[] {
  return files
    .filter(({ path }) => !allowed.some((glob) => matchesGlob(path, glob)))
    .filter(readsEnvironment)
    .map(({ path }) => `${path}: reads the environment; take a setting through readConfig`);
}

function readsEnvironment({ path, text }: SourceFile): boolean {
  const { program, module } = parseSync(path, text);
  let found = module.staticImports.some(
    ({ moduleRequest, entries }) =>
      moduleRequest.value === "node:process" &&
      entries.some((entry) => entry.importName.name === "env"),
  );
  new Visitor({
    MemberExpression: ({ object, property }) => {
      const name = property.type === "Identifier" ? property.name : undefined;
      const text = property.type === "Literal" ? property.value : name;
      if (object.type === "Identifier" && object.name === "process" && text === "env") found = true;
    },
    VariableDeclarator: ({ id, init }) => {
      const takesApart = id.type === "ObjectPattern" && init?.type === "Identifier";
      if (takesApart && init.name === "process") found = true;
    },
  }).visit(program);
  return found;
}
