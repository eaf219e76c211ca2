import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export type ConsoleFile = { body: Buffer; type: string; isForever: boolean };

/** One of the console's files; undefined for whatever else is asked for. */
export async function readConsoleFile(
  folder: string,
  path: string,
): Promise<ConsoleFile | undefined> {
  const name = normalize(path === "/" ? "/index.html" : path);
  const type = types[extname(name)];
  if (type === undefined || name.includes("..")) return undefined;
  const body = await readFile(join(folder, name)).catch(() => undefined);
  // What lies in assets carries a hash of its content in its name.
  return body && { body, type, isForever: name.startsWith("/assets/") };
}
