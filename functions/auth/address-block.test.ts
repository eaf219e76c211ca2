import { expect, test } from "vitest";
import { addressBlock } from "./address-block.ts";

test("everybody behind one IPv6 prefix counts as one", () => {
  const blocks = ["2001:db8:1:2::9", "2001:0DB8:0001:2:ffff:0:0:1", "2001:db8:1:2:3:4:5:6"];
  expect(new Set(blocks.map(addressBlock))).toEqual(new Set(["2001:db8:1:2::/64"]));
  expect(addressBlock("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(addressBlock("::1")).toBe("0:0:0:0::/64");
  expect(addressBlock("203.0.113.9")).toBe("203.0.113.9");
});
