import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import type { Expression } from "oxc-parser";
import { folderOf } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";

export type Import = {
  specifier: string;
  /** `folder`: a file of ours; `node`: built in; `package`: from the registry. */
  kind: "folder" | "node" | "package";
  /** The file of ours that it names, from the root; empty for others. */
  path: string;
};

/**
 * Every module that a file names: static, dynamic and type imports, and re-exports.
 * @throws {SyntaxError} when the file does not parse
 */
export function readImports(file: SourceFile): Import[] {
  const { program, module, errors } = parseSync(file.path, file.text);
  if (errors[0]) throw new SyntaxError(`${file.path}: ${errors[0].message}`);
  const specifiers = new Set(module.staticImports.map((entry) => entry.moduleRequest.value));
  for (const { entries } of module.staticExports) {
    for (const entry of entries) if (entry.moduleRequest) specifiers.add(entry.moduleRequest.value);
  }
  const add = (text: unknown) => {
    if (typeof text === "string") specifiers.add(text);
  };
  new Visitor({
    ImportExpression: ({ source }) => add(source.type === "Literal" ? source.value : undefined),
    TSImportType: ({ source }) => add(source.value),
    CallExpression: ({ callee, arguments: [first] }) => {
      const requires = callee.type === "Identifier" && callee.name === "require";
      if ((requires || makesRequire(callee)) && first?.type === "Literal") add(first.value);
    },
  }).visit(program);
  return [...specifiers].map((specifier) => resolveImport(file.path, specifier));
}

/** `createRequire(…)`, called at once with what it requires. */
function makesRequire(callee: Expression): boolean {
  return (
    callee.type === "CallExpression" &&
    callee.callee.type === "Identifier" &&
    callee.callee.name === "createRequire"
  );
}

function resolveImport(from: string, specifier: string): Import {
  if (specifier.startsWith(".")) {
    return { specifier, kind: "folder", path: posix.join(posix.dirname(from), specifier) };
  }
  if (specifier.startsWith("#")) return { specifier, kind: "folder", path: specifier.slice(1) };
  return { specifier, kind: specifier.startsWith("node:") ? "node" : "package", path: "" };
}

/** The package of a specifier, without the path inside it. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

export function leavesFolder(from: string, target: Import): boolean {
  return target.kind === "folder" && folderOf(from) !== folderOf(target.path);
}
