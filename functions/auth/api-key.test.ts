import { expect, test } from "vitest";
import { isWellFormed, mintApiKey, shownPrefix } from "./api-key.ts";

test("a key with one character changed is known to be wrong without asking the database", () => {
  const key = mintApiKey();
  expect(isWellFormed(key)).toBe(true);
  for (let at = "waf_live_".length; at < key.length; at += 1) {
    const other = key[at] === "a" ? "b" : "a";
    expect(isWellFormed(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }
});

test("what is shown of a key is too little to use it", () => {
  expect(shownPrefix(mintApiKey())).toHaveLength("waf_live_".length + 4);
});
