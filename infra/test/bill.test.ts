import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { idleBill, total } from "../bill/idle-bill.ts";
import { runningBill } from "../bill/running-bill.ts";
import { sizes } from "../bill/sizes.ts";
import { allResources, synthHosted } from "./synth-fleet.ts";

const resources = allResources(synthHosted());
const fixed = idleBill(resources);
const scaling = readFileSync(join(import.meta.dirname, "../../docs/scaling.md"), "utf8");

test("an account with no connected session pays less than $3 a month, all of it fixed fees", () => {
  expect(total(fixed, "paid")).toBeLessThan(3);
  expect(fixed.find(({ what }) => what === "NAT gateways")).toBeUndefined();
});

test("a resource whose price is not known stops the bill", () => {
  expect(() => idleBill([...resources, { Type: "AWS::RDS::DBCluster" }])).toThrow(/RDS::DBCluster/);
});

test("the documentation lists what is paid at rest, line by line", () => {
  for (const { what, listed, paid } of fixed) {
    const dollars = [listed, paid].map((each) => String.raw`\$${each.toFixed(2)}`).join(" \\| ");
    expect(scaling).toMatch(new RegExp(String.raw`^\| ${what} \|[^|]+\| ${dollars} \|$`, "m"));
  }
  const sums = (["listed", "paid"] as const).map((column) => total(fixed, column).toFixed(2));
  expect(scaling).toContain(`| together | | $${sums.join(" | $")} |`);
});

test("what the documentation says of the bill is what is computed", () => {
  const said = (pattern: RegExp) => Number(pattern.exec(scaling)?.[1]?.replaceAll(",", ""));
  for (const [sessions, { deployments, each }] of Object.entries(sizes)) {
    const running = runningBill(each.load, each.size).reduce(
      (sum, { dollars }) => sum + dollars,
      0,
    );
    const computed = (total(fixed, "paid") + running) * deployments;
    const documented = said(new RegExp(String.raw`^\| ${sessions} \|.*\| \$([\d,]+) \|$`, "m"));
    expect(Math.abs(documented / computed - 1), sessions).toBeLessThan(0.05);
  }
});
