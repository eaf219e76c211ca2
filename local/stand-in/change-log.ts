import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** A key's new value; `undefined` removes it. */
export type Change = [key: string, value: unknown];

/** Keys and values on disk, as a log of changes that is rewritten when it outgrows what it holds. */
export type ChangeLog = {
  /** What was on disk at the start, oldest key first. */
  loaded: ReadonlyMap<string, unknown>;
  /** Writes all changes as one: after a crash, all or none of them are there. Values are JSON. */
  commit(changes: Change[]): void;
  close(): void;
};

const REWRITE_ABOVE_BYTES = 16 * 1024 * 1024;

/**
 * Opens the log, or one that keeps nothing when there is no file. No fsync: a killed process loses
 * nothing, since the kernel has the bytes; only a machine that loses power does.
 */
export function openChangeLog(file: string | undefined): ChangeLog {
  if (file === undefined) return { loaded: new Map(), commit() {}, close() {} };
  mkdirSync(dirname(file), { recursive: true });
  const values = existsSync(file) ? readLog(file) : new Map<string, unknown>();
  let size = 0;
  let rewriteAt = 0;
  let descriptor = -1;

  function rewrite(path: string) {
    if (descriptor >= 0) closeSync(descriptor);
    const next = `${path}.new`;
    descriptor = openSync(next, "w");
    size = 0;
    for (const change of values) append([change]);
    renameSync(next, path);
    rewriteAt = Math.max(REWRITE_ABOVE_BYTES, size * 2);
  }
  function append(changes: Change[]) {
    const line = Buffer.from(`${JSON.stringify(changes)}\n`);
    for (let written = 0; written < line.length;) {
      written += writeSync(descriptor, line, written);
    }
    size += line.length;
  }
  rewrite(file);
  return {
    loaded: new Map(values),
    commit(changes) {
      // After `close` there is nobody left to answer, so nothing was promised.
      if (changes.length === 0 || descriptor < 0) return;
      for (const [key, value] of changes) {
        if (value === undefined) values.delete(key);
        else values.set(key, value);
      }
      append(changes);
      if (size > rewriteAt) rewrite(file);
    },
    close() {
      if (descriptor >= 0) closeSync(descriptor);
      descriptor = -1;
    },
  };
}

/** A process killed in the middle of a write leaves half a last line, which nobody was told about. */
function readLog(file: string): Map<string, unknown> {
  const bytes = readFileSync(file);
  const values = new Map<string, unknown>();
  for (let start = 0, end = 0; (end = bytes.indexOf(10, start)) >= 0; start = end + 1) {
    for (const [key, value] of parseLine(file, bytes.toString("utf8", start, end))) {
      if (value === undefined || value === null) values.delete(key);
      else values.set(key, value);
    }
  }
  return values;
}

/** Only the last line may be broken: anything else is damage, and must not look like an empty log. */
function parseLine(file: string, line: string): Change[] {
  try {
    return JSON.parse(line) as Change[];
  } catch (cause) {
    throw new Error(`${file} is damaged. Restore it, or delete it to start with nothing.`, {
      cause,
    });
  }
}
