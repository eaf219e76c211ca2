import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WafleetStack } from "../stack.ts";

type Lambda = {
  Type: string;
  Properties: { FunctionName: string; Code: { S3Key: string } };
};

const outdir = mkdtempSync(join(tmpdir(), "wafleet-bundles-"));
/** Every Lambda is bundled, on a slow machine one after the other. */
const bundlingLimitMs = 240_000;
const bundles = new Map<string, string>();

beforeAll(() => {
  const app = new App({ outdir });
  const stack = new WafleetStack(app, "wafleet", { shards: 1 });
  const { template } = app.synth().getStackByName(stack.stackName) as {
    template: { Resources: Record<string, Lambda> };
  };
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== "AWS::Lambda::Function") continue;
    const hash = Properties.Code.S3Key.replace(".zip", "");
    bundles.set(Properties.FunctionName, join(outdir, `asset.${hash}`, "index.mjs"));
  }
}, bundlingLimitMs);

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

test("each Lambda is given the code of its own area", () => {
  expect(bundles.size).toBeGreaterThan(0);
  expect(new Set(bundles.values()).size).toBe(bundles.size);
});

test("each bundle loads in plain Node, with no package beside it, and has a handler", () => {
  const names = [...bundles.keys()];
  const script = `
    for (const file of process.argv.slice(1)) console.log(typeof (await import(file)).handler);
  `;
  const answer = execFileSync(
    process.execPath,
    ["--input-type=module", "--eval", script, ...bundles.values()],
    { cwd: outdir, encoding: "utf8", env: {} },
  );
  expect(answer.trim().split("\n")).toEqual(names.map(() => "function"));
});
