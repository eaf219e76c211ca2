import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { measureSizes } from "./file-sizes.ts";
import { findBarrels } from "./no-barrels.ts";
import { findCycles } from "./no-cycles.ts";
import { findEnvironmentReads } from "./process-env.ts";
import { readCode } from "./read-project.ts";

const code = readCode();

test("no file imports itself round a corner", () => {
  expect(findCycles(code)).toEqual([]);
});

test("a cycle is found, through folders and type imports too", () => {
  const files = [
    { path: "functions/a.ts", text: 'import type { B } from "#shared/b.ts";' },
    { path: "shared/b.ts", text: 'import "./c.ts";' },
    { path: "shared/c.ts", text: 'import "#functions/a.ts";' },
    { path: "shared/d.ts", text: 'import "./c.ts";' },
  ];
  expect(findCycles(files)).toEqual([
    "functions/a.ts → shared/b.ts → shared/c.ts → functions/a.ts",
  ]);
});

test("there is no barrel", () => {
  expect(findBarrels(code)).toEqual([]);
});

test.each([
  ['export * from "./b.ts";'],
  ['export * as b from "./b.ts";\nexport const a = 1;'],
  ['export type * from "./b.ts";'],
  ['export { b } from "./b.ts";\nexport { c } from "./c.ts";'],
])("a barrel is found: %s", (text) => {
  expect(findBarrels([{ path: "shared/a.ts", text }])).toHaveLength(1);
});

test("one re-export among a file's own exports is no barrel", () => {
  const text = 'export { b } from "./b.ts";\nexport const a = 1;';
  expect(findBarrels([{ path: "shared/a.ts", text }])).toEqual([]);
});

test("files are short", () => {
  const { breaches, ...report } = measureSizes(code);
  console.info("lines a file:", report);
  expect(breaches).toEqual([]);
});

test("a file that is too long, and too many long ones, are found", () => {
  const file = (lines: number, path = "shared/a.ts") => ({ path, text: "x\n".repeat(lines) });
  expect(measureSizes([file(401), ...Array.from({ length: 30 }, () => file(10))])).toEqual({
    files: 31,
    median: 10,
    p95: 10,
    longest: 401,
    breaches: ["shared/a.ts: 401 lines, over 400"],
  });
  expect(measureSizes([file(10), file(300)]).breaches).toEqual([
    "95 % of files must have at most 250 lines, not 300",
  ]);
});

test("the environment is read in one place, and where lint allows it", () => {
  expect(findEnvironmentReads(code, allowedGlobs())).toEqual([]);
});

test.each([
  ["process.env.HOME"],
  ['process["env"]'],
  ["const { env } = process;"],
  ['import { env } from "node:process";'],
])("reading the environment is found: %s", (text) => {
  expect(findEnvironmentReads([{ path: "functions/a.ts", text }], allowedGlobs())).toHaveLength(1);
});

test("tests and the settings reader may read the environment; comments about it do no harm", () => {
  const files = [
    { path: "functions/a.test.ts", text: "process.env;" },
    { path: "shared/config.ts", text: "process.env;" },
    { path: "shared/a.ts", text: "// process.env" },
  ];
  expect(findEnvironmentReads(files, allowedGlobs())).toEqual([]);
});

type LintConfig = { overrides: { files: string[]; rules: Record<string, string> }[] };

function allowedGlobs(): string[] {
  const config: unknown = JSON.parse(readFileSync(".oxlintrc.json", "utf8"));
  return (config as LintConfig).overrides
    .filter(({ rules }) => rules["node/no-process-env"] === "off")
    .flatMap(({ files }) => files);
}
