import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { settingNames } from "#infra/settings.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const pages = [
  "README.md",
  "ARCHITECTURE.md",
  ...globSync(["docs/**/*.md", "client/*.md"], { cwd: root }),
].toSorted();

/** All that a page says in this form. */
function said(page: string, form: RegExp): string[] {
  return [...read(page).matchAll(form)].map(([, what = ""]) => what);
}

test.each(pages)("what %s links to and names is there", (page) => {
  const links = said(page, /\]\((?!https?:|#)([^)#\s]+)/g).map((to) => join(dirname(page), to));
  const folders = "shared|functions|session-runner|infra|simulator|local|console|test|bench|docs";
  const named = said(page, new RegExp(`\`((?:${folders})/[\\w./-]+)\``, "g"));
  expect([...links, ...named].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each(pages)("what %s says to run can be run", (page) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: object };
  const run = said(page, /npm run ([\w:]+)/g).filter((script) => !(script in scripts));
  const set = said(page, /-c (?!name=)(\w+)=/g).filter((name) => !settingNames.includes(name));
  const usage = read("scripts/operator/to-request.ts");
  const operator = said(page, /npm run operator -- ([\w-]+)/g).filter(
    (command) => !usage.includes(`"${command}"`),
  );
  expect([...run, ...set, ...operator]).toEqual([]);
});

test("what runbooks look for in the logs is what processes write", () => {
  const code = globSync("{functions,session-runner,shared}/**/*.ts", { cwd: root })
    .filter((path) => !path.includes("/test/"))
    .map(read)
    .join("\n");
  const texts = pages.flatMap((page) => said(page, /msg = "([^"]+)"/g));
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((text) => !code.includes(`"${text}"`))).toEqual([]);
});
