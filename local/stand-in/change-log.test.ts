import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openChangeLog } from "./change-log.ts";

function tempFile(): string {
  const dir = mkdtempSync(join(tmpdir(), "wafleet-log-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, "folder", "changes.log");
}

test("values come back as they were last, in the order of their first writing", () => {
  const file = tempFile();
  const log = openChangeLog(file);
  log.commit([
    ["a", 1],
    ["b", { text: "two\nlines" }],
  ]);
  log.commit([["c", 3]]);
  log.commit([
    ["a", 4],
    ["c", undefined],
  ]);
  log.close();
  const again = openChangeLog(file);
  expect([...again.loaded]).toEqual([
    ["a", 4],
    ["b", { text: "two\nlines" }],
  ]);
  again.close();
});

test("a log does not grow for ever", () => {
  const file = tempFile();
  const log = openChangeLog(file);
  const megabyte = "x".repeat(1_000_000);
  for (let n = 0; n < 30; n += 1) log.commit([["only", `${n} ${megabyte}`]]);
  log.close();
  expect(statSync(file).size).toBeLessThan(20_000_000);
  const again = openChangeLog(file);
  expect(again.loaded.get("only")).toMatch(/^29 /);
  again.close();
});

test("a damaged log stops the start and is left as it is", () => {
  const file = tempFile();
  openChangeLog(file).close();
  writeFileSync(file, "damage\n[]\n");
  expect(() => openChangeLog(file)).toThrow(/changes\.log is damaged/);
  expect(readFileSync(file, "utf8")).toBe("damage\n[]\n");
});

test("without a file nothing is kept", () => {
  const log = openChangeLog(undefined);
  log.commit([["a", 1]]);
  expect(log.loaded.size).toBe(0);
});
