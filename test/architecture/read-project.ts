import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "./source-file.ts";

const root = join(import.meta.dirname, "../..");

/** Everything that is committed or could be: what git tracks, and new files that it does not ignore. */
export function readProject(): SourceFile[] {
  const list = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1 << 26,
    },
  );
  const paths = new Set(list.split("\0").filter((path) => path !== "package-lock.json"));
  paths.delete("");
  return [...paths]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
    .filter((file) => !file.text.includes("\0"));
}

/** What people wrote: generated files keep no house rules. */
export function readCode(): SourceFile[] {
  return readProject().filter(
    ({ path }) => /\.tsx?$/.test(path) && !path.split("/").includes("generated"),
  );
}
