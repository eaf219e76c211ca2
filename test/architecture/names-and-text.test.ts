import { expect, test } from "vitest";
import { findBadNames } from "./file-names.ts";
import { findMachinePaths, findUnfinished } from "./project-text.ts";
import { readProject } from "./read-project.ts";

const project = readProject();
const named = (path: string) => findBadNames([{ path, text: "" }]);
const written = (text: string) => [{ path: "docs/a.md", text }];

test("every folder and file name is kebab-case and says what is inside", () => {
  expect(findBadNames(project)).toEqual([]);
});

test.each([
  "utils",
  "helpers",
  "common",
  "types",
  "service",
  "services",
  "manager",
  "managers",
  "dto",
])("neither a folder nor a file may be named %s", (name) => {
  expect(named(`shared/${name}/a.ts`)).toHaveLength(1);
  expect(named(`shared/${name}.ts`)).toHaveLength(1);
});

test.each(["shared/index.ts", "shared/key-helpers.ts", "shared/SessionStart.ts", "shared/a_b.ts"])(
  "%s is refused",
  (path) => {
    expect(named(path)).toHaveLength(1);
  },
);

test.each([
  "shared/message-id.ts",
  "shared/message-id.test.ts",
  "session-runner/Dockerfile",
  "local/secrets-manager/start-secrets-manager.ts",
  "simulator/faults/active-faults.ts",
])("%s is a good name", (path) => {
  expect(named(path)).toEqual([]);
});

test("nothing is left unfinished", () => {
  expect(findUnfinished(project)).toEqual([]);
});

test.each([["TO", "DO"].join(""), ["FIX", "ME"].join("")])("%s is found", (word) => {
  expect(findUnfinished(written(`fine\n// ${word}: later`))).toEqual([
    `docs/a.md:2: // ${word}: later`,
  ]);
});

test("no text names a place on somebody's machine", () => {
  expect(findMachinePaths(project)).toEqual([]);
});

test.each(["work", "root", "home", "Users"])("a path under %s is found", (top) => {
  expect(findMachinePaths(written(`see ${["", top, "main"].join("/")}`))).toHaveLength(1);
  expect(findMachinePaths(written(`"${["", top].join("/")}"`))).toHaveLength(1);
});

test("routes and relative paths that hold such a word are fine", () => {
  expect(findMachinePaths(written("GET /v1/root, ../root, a/work/b, node/root"))).toEqual([]);
});
