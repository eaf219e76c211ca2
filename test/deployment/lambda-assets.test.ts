import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildConsole } from "#local/console/build-console.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import { processes } from "#shared/resources/processes.ts";
import { firstEvent } from "./first-event.ts";
import { startLambda } from "./start-lambda.ts";
import { synthAssets } from "./synth-assets.ts";
import type { LambdaAsset } from "./synth-assets.ts";

const outdir = mkdtempSync(join(tmpdir(), "wafleet-assets-"));
/** Every Lambda is bundled, on a slow machine one after the other. */
const bundlingLimitMs = 240_000;

let runtime: Runtime;
let assets: LambdaAsset[];
let pages: string[];

beforeAll(async () => {
  ({ lambdas: assets, pages } = await synthAssets(outdir));
  runtime = await startRuntime({ whatsapp: { kind: "url", url: "ws://127.0.0.1:9" }, workers: 0 });
}, bundlingLimitMs);

afterAll(async () => {
  await runtime.stop();
  rmSync(outdir, { recursive: true });
});

test("each Lambda is given the code of its own area", () => {
  const lambdas = Object.keys(processes).filter((name) => name !== "runner");
  expect(assets.map(({ name }) => name).toSorted()).toEqual(lambdas.toSorted());
  expect(new Set(assets.map(({ folder }) => folder)).size).toBe(assets.length);
});

test("each Lambda, as uploaded and with the variables of the template alone, does its work", async () => {
  const understood = await pMap(
    assets,
    async (asset) => {
      await using lambda = await startLambda(asset, variablesOf(asset));
      const { event, understood } = firstEvent(asset.name);
      const result = await lambda.invoke(event);
      return [asset.name, understood(result) ? "understood" : result];
    },
    { concurrency: 2 },
  );
  expect(Object.fromEntries(understood)).toEqual(
    Object.fromEntries(assets.map(({ name }) => [name, "understood"])),
  );
}, 120_000);

test("the console is deployed along, built from the sources as they are", async () => {
  const page = pages.find((folder) => existsSync(join(folder, "index.html"))) ?? "missing";
  expect(readdirSync(page).toSorted()).toEqual(readdirSync(await buildConsole()).toSorted());
  const places = pages
    .map((folder) => join(folder, "places.json"))
    .filter((file) => existsSync(file));
  expect(places).toHaveLength(1);
});

/** The template's variables as this machine fills them in, and where AWS is. */
function variablesOf({ variables }: LambdaAsset): Record<string, string> {
  const { environment } = runtime;
  const aws = Object.keys(environment).filter((name) => name.startsWith("AWS_"));
  return Object.fromEntries([...variables, ...aws].map((name) => [name, environment[name] ?? ""]));
}
