import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const always = ["base", "parts", "views", "insight", "frame", "linking"];
/** Loaded with the view that needs it: it must not matter to the others whether it was. */
const lazy = "messages";

function selectorsOf(name: string): string[] {
  const style = readFileSync(new URL(`../style/${name}.css`, import.meta.url), "utf8");
  return [...style.matchAll(/^(\.\S+)(?: \{|,)$/gm)].map(([, selector]) => selector ?? "");
}

test("no class means one thing before and another after a view was loaded", () => {
  const known = new Set(always.flatMap(selectorsOf));
  expect(known.size).toBeGreaterThan(50);
  expect(selectorsOf(lazy).filter((selector) => known.has(selector))).toEqual([]);
});
