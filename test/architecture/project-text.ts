import type { SourceFile } from "./source-file.ts";

// Written in pieces, so that these rules do not find themselves.
const unfinished = new RegExp(
  String.raw`\b(?:${["TO", "DO"].join("")}|${["FIX", "ME"].join("")})\b`,
);
const machinePath = new RegExp(
  String.raw`(?<![\w.*}>/-])/(?:work|root|home|Users)(?=/|["'\x60\s).,;:]|$)`,
);

/** Lines that promise work instead of doing it. */
export function findUnfinished(files: readonly SourceFile[]): string[] {
  return findLines(files, unfinished);
}

/** Lines that name a place on somebody's machine. */
export function findMachinePaths(files: readonly SourceFile[]): string[] {
  return findLines(files, machinePath);
}

function findLines(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => pattern.test(line))
      .map(({ line, number }) => `${path}:${number}: ${line.trim()}`),
  );
}
