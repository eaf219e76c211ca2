import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import { productionPackages } from "./production-packages.ts";
import { readDockerfile } from "./read-dockerfile.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const image = readDockerfile(join(root, "session-runner/Dockerfile"));
const app = mkdtempSync(join(tmpdir(), "wafleet-image-"));

beforeAll(() => {
  for (const name of image.copies) {
    cpSync(join(root, name), join(app, name), {
      recursive: true,
      // As .dockerignore says.
      filter: (path) => !/\/test$|\.test\.ts$/.test(path),
    });
  }
  for (const path of productionPackages(join(root, "package-lock.json"))) {
    // Packages for other machines are in the lock file, but not here.
    if (!existsSync(join(root, path))) continue;
    const nested = join(root, path, "node_modules");
    cpSync(join(root, path), join(app, path), {
      recursive: true,
      filter: (source) => source !== nested,
    });
  }
});

afterAll(() => rmSync(app, { recursive: true }));

test("the image has what runs in production and nothing for developers", () => {
  for (const flag of ["--omit=dev", "--omit=optional", "--ignore-scripts"]) {
    expect(image.installFlags).toContain(flag);
  }
  expect(readdirSync(app).toSorted()).toEqual([
    "node_modules",
    "package.json",
    "session-runner",
    "shared",
  ]);
  const installed = readdirSync(join(app, "node_modules"));
  expect(installed).toContain("zod");
  expect(installed).not.toContain("aws-cdk-lib");
  expect(installed).not.toContain("typescript");
});

test("what is compiled when the image is built is there when a worker starts", async () => {
  // The suite's own environment turns the cache off.
  await run(process.execPath, [join(app, "session-runner/compile.ts")], { env: {} });
  const [folder = ""] = readdirSync(join(app, "node_modules/.cache/session-runner"));
  const compiled = readdirSync(join(app, "node_modules/.cache/session-runner", folder));
  expect(compiled.length).toBeGreaterThan(100);
});

test("what the image holds starts from an empty folder and takes its shards in the fleet", async () => {
  const script = image.command.at(-1) ?? "";
  await using runtime = await startRuntime({
    whatsapp: { kind: "url", url: "ws://127.0.0.1:9" },
    workers: 1,
    shards: 2,
    runnerScript: join(app, script),
  });
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = "", WAFLEET_FLEET_TABLE: TableName } =
    runtime.environment;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  using client = disposable(new DynamoDBClient({ endpoint, region: "us-east-1", credentials }));
  const [worker] = runtime.workers();
  await expect
    .poll(
      async () => {
        const { Items = [] } = await client.send(new ScanCommand({ TableName }));
        return Items.filter(
          ({ shard, workerId }) => shard !== undefined && workerId?.S === worker?.id,
        ).length;
      },
      { timeout: 30_000 },
    )
    .toBe(2);
});

function disposable(client: DynamoDBClient): DynamoDBClient & Disposable {
  return Object.assign(client, { [Symbol.dispose]: () => client.destroy() });
}
