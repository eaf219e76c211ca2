import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { claimFolder } from "../claim-folder.ts";
import { openDataFolder } from "../open-data-folder.ts";

const keep = { reset: false };

test("a folder that somebody uses is refused, and the process is named", async () => {
  const path = await temporaryFolder();
  claimFolder(path, 77, () => true);
  expect(() => claimFolder(path, 78, () => true)).toThrow(/in use by process 77: stop that one/);
  expect(readdirSync(path)).toEqual(["in-use-by-77.lock"]);
});

test("the lock of a process that is gone is taken over", async () => {
  const path = await temporaryFolder();
  claimFolder(path, 77, () => true);
  const release = claimFolder(path, 78, (pid) => pid !== 77);
  expect(readdirSync(path)).toEqual(["in-use-by-78.lock"]);
  release();
  expect(readdirSync(path)).toEqual([]);
});

test("a folder is free again once it is let go", async () => {
  const path = join(await temporaryFolder(), "new", "data");
  for (const _time of [1, 2]) {
    using folder = openDataFolder(path, keep);
    expect(folder.path).toBe(path);
  }
  expect(readdirSync(path)).toEqual(["wafleet.json"]);
});

test("reset empties a data folder, and only one of ours", async () => {
  const path = await temporaryFolder();
  openDataFolder(path, keep)[Symbol.dispose]();
  mkdirSync(join(path, "s3", "blobs"), { recursive: true });
  writeFileSync(join(path, "sqs.log"), "");
  openDataFolder(path, { reset: true })[Symbol.dispose]();
  expect(readdirSync(path)).toEqual(["wafleet.json"]);
});

test("a folder with other files is refused and left as it is, with and without reset", async () => {
  const path = await temporaryFolder();
  writeFileSync(join(path, "thesis.txt"), "years of work");
  for (const reset of [true, false]) {
    expect(() => openDataFolder(path, { reset })).toThrow(/holds other files and no wafleet\.json/);
  }
  expect(readdirSync(path)).toEqual(["thesis.txt"]);
  const file = join(path, "thesis.txt");
  expect(() => openDataFolder(file, keep)).toThrow(/cannot be read as a folder/);
  expect(readFileSync(file, "utf8")).toBe("years of work");
});

test("a folder in use is not emptied", async () => {
  const path = await temporaryFolder();
  using _folder = openDataFolder(path, keep);
  writeFileSync(join(path, "sqs.log"), "");
  claimFolder(path, 1, () => false);
  expect(() => openDataFolder(path, { reset: true })).toThrow(/in use by process 1:/);
  expect(existsSync(join(path, "sqs.log"))).toBe(true);
});
