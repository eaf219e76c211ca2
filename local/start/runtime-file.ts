import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StartError } from "./start-error.ts";

const schema = z.object({
  pid: z.number(),
  apiUrl: z.url(),
  socketUrl: z.url(),
  consoleUrl: z.url(),
  /** Of the simulator; null when runners connect to WhatsApp itself. */
  controlUrl: z.url().nullable(),
  /** Of the Secrets Manager that has the operator secret. */
  secretsUrl: z.url(),
});

/** Where a running system listens, for other programs of this machine. */
export type RuntimeFile = z.infer<typeof schema>;

export function writeRuntimeFile(folder: string, content: RuntimeFile): Disposable {
  const file = toPath(folder);
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** @throws {StartError} when no system runs with this folder */
export function readRuntimeFile(folder: string): RuntimeFile {
  const file = toPath(folder);
  if (!existsSync(file)) {
    throw new StartError(`${file} is not there: run npm start first, in another terminal.`);
  }
  const result = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (result.success) return result.data;
  throw new StartError(`${file} is of another version: run npm start again.`);
}

function toPath(folder: string): string {
  return join(folder, "runtime.json");
}
