import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { readCode } from "./read-project.ts";
import type { SourceFile } from "./source-file.ts";

const spoken = new Set(["alt", "title", "label", "placeholder", "hint", "submit", "aria-label"]);
const letters = /\p{Letter}/u;

/** What people would read, written where it cannot be translated. */
function findTexts({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  new Visitor({
    JSXText: ({ value }) => {
      if (letters.test(value)) found.push(`${path}: ${value.trim()}`);
    },
    JSXAttribute: ({ name, value }) => {
      const isSpoken = name.type === "JSXIdentifier" && spoken.has(name.name);
      if (isSpoken && value?.type === "Literal") found.push(`${path}: ${value.value}`);
    },
  }).visit(parseSync(path, text).program);
  return found;
}

test("what people read on the console is in console/texts", () => {
  const views = readCode().filter(({ path }) => path.endsWith(".tsx"));
  expect(views.flatMap(findTexts)).toEqual([]);
});

test("a text in a view is found", () => {
  const text = 'const a = <p title="b">← hello <b class="c">{d}</b></p>;';
  expect(findTexts({ path: "console/a.tsx", text })).toEqual([
    "console/a.tsx: b",
    "console/a.tsx: ← hello",
  ]);
});
