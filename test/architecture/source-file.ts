/** A file of the project, or one that a test makes up in memory. */
export type SourceFile = {
  /** From the root of the project, with forward slashes. */
  path: string;
  text: string;
};

/** The folder that says where a file belongs; undefined for files at the root. */
export function folderOf(path: string): string | undefined {
  const end = path.indexOf("/");
  return end === -1 ? undefined : path.slice(0, end);
}

/** Tests and what only tests use. */
export function isTestCode(path: string): boolean {
  return path.endsWith(".test.ts") || path.split("/").slice(1, -1).includes("test");
}
