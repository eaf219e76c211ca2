import { expect, test } from "vitest";
import { type KeyPage, listKeys } from "../list-keys.ts";

const keys = ["b/2", "a", "b/1", "c/x/1", "c/x/2", "c/y", "é", "z", "b"];
const all = { prefix: "", delimiter: "", after: "", maxKeys: 1000 };

test("keys come in the order of their UTF-8 bytes", () => {
  const sorted = ["a", "b", "b/1", "b/2", "c/x/1", "c/x/2", "c/y", "z", "é"];
  expect(listKeys(keys, all)).toEqual({ keys: sorted, commonPrefixes: [] });
  expect(listKeys(["\u{1F600}", "\uFFFD"], all).keys).toEqual(["\uFFFD", "\u{1F600}"]);
});

test("a delimiter groups what follows it", () => {
  expect(listKeys(keys, { ...all, delimiter: "/" })).toEqual({
    keys: ["a", "b", "z", "é"],
    commonPrefixes: ["b/", "c/"],
  });
  expect(listKeys(keys, { ...all, prefix: "c/", delimiter: "/" })).toEqual({
    keys: ["c/y"],
    commonPrefixes: ["c/x/"],
  });
});

test.each([1, 2, 3, 4])("pages of %i show everything once, groups included", (maxKeys) => {
  const seen: string[] = [];
  let after = "";
  for (;;) {
    const page: KeyPage = listKeys(keys, { ...all, delimiter: "/", after, maxKeys });
    expect(page.keys.length + page.commonPrefixes.length).toBeLessThanOrEqual(maxKeys);
    seen.push(...page.keys, ...page.commonPrefixes);
    if (page.next === undefined) break;
    after = page.next;
  }
  expect(seen.toSorted()).toEqual(["a", "b", "b/", "c/", "z", "é"].toSorted());
});

test("a page of no keys is empty and at its end", () => {
  expect(listKeys(keys, { ...all, maxKeys: 0 })).toEqual({ keys: [], commonPrefixes: [] });
});
