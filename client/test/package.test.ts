import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const here = fileURLToPath(new URL("..", import.meta.url));
const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** Somebody's folder, in which the package is installed as it is published. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wafleet-client-"));
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "@types"), { recursive: true });
  await mkdir(join(modules, "@wafleet/client"), { recursive: true });
  await cp(join(here, "package.json"), join(modules, "@wafleet/client/package.json"));
  const outDir = join(modules, "@wafleet/client/dist");
  await run(process.execPath, [tsc("client"), "-p", "tsconfig.build.json", "--outDir", outDir], {
    cwd: here,
  });
  for (const name of ["openapi-fetch", "openapi-typescript-helpers", "standardwebhooks"]) {
    await symlink(join(packages, name), join(modules, name));
  }
  await symlink(join(packages, "@types/node"), join(modules, "@types/node"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

function tsc(whose: "client" | "."): string {
  return fileURLToPath(new URL(`../../${whose}/node_modules/typescript/bin/tsc`, import.meta.url));
}

test("plain Node imports what is published", async () => {
  const names = ["client", "client/events/open-event-stream", "client/webhooks/verify-webhook"];
  const imports = names.map((name) => `await import("@wafleet/${name}")`).join(", ");
  const code = `console.log([${imports}].flatMap(Object.keys).join(" "))`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], {
    cwd: folder,
  });
  expect(stdout.trim()).toBe("createClient openEventStream verifyWebhook");
});

/** What the examples of the README take for granted. */
const given = `
type Cursors = ReturnType<import("@wafleet/client/events/open-event-stream").EventStream["cursors"]>;
declare const api: import("@wafleet/client").WafleetClient;
declare function readCursors(): Promise<Cursors>;
declare function writeCursors(cursors: Cursors): Promise<void>;
declare function handle(event: import("@wafleet/client/events/event").WafleetEvent): Promise<void>;
declare const request: Request;
declare const secret: string;
`;

test("the examples of the README fit the types that are published", async () => {
  const readme = await readFile(join(here, "README.md"), "utf8");
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
  expect(examples).toHaveLength(3);
  const wrong = 'import { createClient } from "@wafleet/client"; createClient({ baseUrl: 1 });';
  await writeFile(join(folder, "given.d.ts"), given);
  for (const [index, code] of [...examples, wrong].entries()) {
    await writeFile(join(folder, `example-${index}.ts`), code);
  }
  const flags = "--noEmit --strict --target es2024 --module nodenext --types node".split(" ");
  const files = [...examples, wrong].map((_code, index) => `example-${index}.ts`);
  const { stdout } = await run(process.execPath, [tsc("."), ...flags, "given.d.ts", ...files], {
    cwd: folder,
  }).catch((error: unknown) => error as { stdout: string });
  expect(stdout.trim().split("\n")).toEqual([expect.stringMatching(/^example-3\.ts.*'number'/)]);
});
