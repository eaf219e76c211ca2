import { layout } from "./layout.ts";
import { folderOf } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";

/** Names that say nothing about what is inside. */
const empty = /^(?:utils?|helpers?|common|types?|services?|managers?|index|dtos?)$/;
const emptyEnd = /-(?:utils?|helpers?|services?|managers?|dtos?)$/;
/** AWS named it so. */
const allowed = /(?:^|-)secrets-manager$/;
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
/** Tools look for these by name. */
const fixed = ["Dockerfile", "Dockerfile.dockerignore", "README.md", ".dockerignore", "index.html"];

/** Folders and files whose name is not kebab-case, or says nothing. */
export function findBadNames(files: readonly SourceFile[]): string[] {
  const bad = files
    .filter(({ path }) => (folderOf(path) ?? "") in layout)
    .flatMap(({ path }) => {
      const parts = path.split("/");
      return parts.filter(isBad).map((part) => `${path}: "${part}"`);
    });
  return [...new Set(bad)];
}

function isBad(part: string): boolean {
  if (fixed.includes(part)) return false;
  const stem = part.split(".", 1)[0] ?? "";
  if (allowed.test(stem)) return false;
  return !kebab.test(part) || empty.test(stem) || emptyEnd.test(stem);
}
