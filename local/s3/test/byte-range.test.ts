import { expect, test } from "vitest";
import { parseByteRange } from "../byte-range.ts";

test.each([
  ["bytes=0-4", { start: 0, end: 5 }],
  ["bytes=5-", { start: 5, end: 10 }],
  ["bytes=-3", { start: 7, end: 10 }],
  ["bytes=-30", { start: 0, end: 10 }],
  ["bytes=8-100", { start: 8, end: 10 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-4", "whole"],
  ["bytes=0-1,3-4", "whole"],
  ["bytes=-", "whole"],
  [undefined, "whole"],
] as const)("of ten bytes, %s is %o", (header, range) => {
  expect(parseByteRange(header, 10)).toEqual(range);
});
