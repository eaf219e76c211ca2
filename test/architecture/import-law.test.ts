import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkImportLaw } from "./import-law.ts";
import { readCode } from "./read-project.ts";

const breaches = (path: string, text: string, developerOnly: string[] = []) =>
  checkImportLaw([{ path, text }], developerOnly);

test("every import of the project keeps to the layout", () => {
  const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
  const { devDependencies } = manifest as { devDependencies: Record<string, string> };
  const developerOnly = Object.keys(devDependencies).filter((name) => !name.startsWith("@types/"));
  expect(checkImportLaw(readCode(), developerOnly)).toEqual([]);
});

test.each([
  ["functions/api/keys/handler.ts", "#session-runner/main.ts"],
  ["functions/api/keys/list.test.ts", "#session-runner/main.ts"],
  ["session-runner/main.ts", "#functions/dispatch/handler.ts"],
  ["session-runner/main.ts", "#simulator/main.ts"],
  ["session-runner/main.ts", "#local/main.ts"],
  ["shared/ids.ts", "#functions/dispatch/handler.ts"],
  ["simulator/main.ts", "#shared/ids.ts"],
  ["infra/stack.ts", "#functions/dispatch/handler.ts"],
  ["infra/stack.ts", "#local/main.ts"],
  ["local/main.ts", "#session-runner/main.ts"],
  ["local/main.ts", "#simulator/main.ts"],
])("%s may not import %s", (path, target) => {
  expect(breaches(path, `import "${target}";`)).toEqual([
    expect.stringContaining("may not import"),
  ]);
});

test.each([
  ["functions/api/keys/handler.ts", "#shared/ids.ts"],
  ["local/main.ts", "#functions/dispatch/handler.ts"],
  ["local/main.ts", "#infra/tables.ts"],
  ["session-runner/test/restart.test.ts", "#simulator/start-simulator.ts"],
  ["functions/api/keys/list.test.ts", "#local/dynamodb/start-dynamodb.ts"],
  ["bench/main.ts", "#session-runner/main.ts"],
  ["test/end-to-end.test.ts", "#session-runner/main.ts"],
])("%s may import %s", (path, target) => {
  expect(breaches(path, `import "${target}";`)).toEqual([]);
});

test.each([
  ["a type import", 'import type { X } from "#session-runner/main.ts";'],
  ["an import type", 'type X = import("#session-runner/main.ts").X;'],
  ["a dynamic import", 'export const x = await import("#session-runner/main.ts");'],
  ["a re-export", 'export { x } from "#session-runner/main.ts";'],
  ["a require", 'const x = require("#session-runner/main.ts");'],
  ["a made require", 'createRequire(import.meta.url)("#session-runner/main.ts");'],
])("%s counts as an import", (_kind, text) => {
  expect(breaches("functions/a.ts", text)).toHaveLength(1);
});

test("text that only looks like an import does not count", () => {
  const text =
    '// import "#session-runner/main.ts";\nexport const a = `import "#session-runner/b.ts"`;';
  expect(breaches("functions/a.ts", text)).toEqual([]);
});

test("another folder is reached through its #folder/ name, not by a relative path", () => {
  expect(breaches("functions/api/a.ts", 'import "../../shared/ids.ts";')).toEqual([
    "functions/api/a.ts: reaches shared without #shared/",
  ]);
});

test("shared imports zod, ulid and the AWS SDK, and no other package", () => {
  expect(
    breaches("shared/a.ts", 'import "zod"; import "ulid"; import "@aws-sdk/client-sqs";'),
  ).toEqual([]);
  expect(breaches("shared/a.ts", 'import "pino";')).toEqual([
    "shared/a.ts: shared may not import the package pino",
  ]);
});

test("Baileys is known only behind the runner's WhatsApp door; the simulator knows its codec", () => {
  const socket = 'import "@whiskeysockets/baileys";';
  const codec = 'import "@whiskeysockets/baileys/lib/WABinary/decode.js";';
  expect(breaches("session-runner/whatsapp/connect.ts", socket)).toEqual([]);
  expect(breaches("session-runner/session/start.ts", socket)).toHaveLength(1);
  expect(breaches("session-runner/test/a.test.ts", socket)).toHaveLength(1);
  expect(breaches("functions/a.ts", codec)).toHaveLength(1);
  expect(breaches("local/a.ts", codec)).toHaveLength(1);
  expect(breaches("simulator/stanza/codec.ts", codec)).toEqual([]);
  expect(breaches("simulator/a.ts", socket)).toHaveLength(1);
  expect(breaches("simulator/test/client.ts", socket)).toEqual([]);
});

test("what is deployed uses no package that only developers install", () => {
  const text = 'import { test } from "vitest";';
  expect(breaches("functions/a.ts", text, ["vitest"])).toHaveLength(1);
  expect(breaches("functions/a.test.ts", text, ["vitest"])).toEqual([]);
});

test("nothing but tests imports test code", () => {
  expect(breaches("functions/a.ts", 'import "./test/fixture.ts";')).toEqual([
    "functions/a.ts: imports test code functions/test/fixture.ts",
  ]);
  expect(breaches("functions/a.test.ts", 'import "./test/fixture.ts";')).toEqual([]);
});

test("a folder that the layout does not know is refused", () => {
  expect(breaches("extras/a.ts", 'import "./b.ts";')).toEqual([
    'extras/a.ts: the layout has no folder "extras"',
  ]);
});
