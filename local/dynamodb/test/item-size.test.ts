import { describe, expect, test } from "vitest";
import { itemSize, type WireValue } from "../item-size.ts";

describe("item size as DynamoDB bills it", () => {
  const cases: [string, WireValue, number][] = [
    ["text counts its UTF-8 bytes", { S: "héllo" }, 6],
    ["binary counts its decoded bytes", { B: Buffer.alloc(100).toString("base64") }, 100],
    ["zero is one byte", { N: "0" }, 1],
    ["a number is a byte and one for each two digits", { N: "1234" }, 3],
    ["trailing zeros are free", { N: "1200000" }, 3],
    ["an aligned pair of digits shares a byte", { N: "12" }, 2],
    ["a fraction starts a new pair", { N: "1.2" }, 3],
    ["leading zeros of a fraction are free", { N: "0.0012" }, 2],
    ["a minus sign is a byte", { N: "-12" }, 3],
    ["an exponent counts as the number it stands for", { N: "12e0" }, 2],
    ["a boolean is one byte", { BOOL: true }, 1],
    ["null is one byte", { NULL: true }, 1],
    ["a set is its members", { SS: ["ab", "cde"] }, 5],
    ["a number set is its numbers", { NS: ["12", "34"] }, 4],
    ["a binary set is its bytes", { BS: ["AAAA", "AA=="] }, 4],
    ["a list has three bytes and one for each element", { L: [{ S: "ab" }, { BOOL: false }] }, 8],
    ["a map has three bytes and one for each entry", { M: { ab: { S: "cd" } } }, 8],
    ["an empty map is three bytes", { M: {} }, 3],
  ];

  test.each(cases)("%s", (_title, value, size) => {
    expect(itemSize({ n: value })).toBe(1 + size);
  });

  test("attribute names count in UTF-8 as well", () => {
    expect(itemSize({ é: { S: "" }, ab: { S: "x" } })).toBe(2 + 3);
  });
});
