import { Fault } from "#shared/faults/fault.ts";
import { z } from "zod";

/** Where a list goes on: the list's partition and the last sort key that was shown. */
const cursorSchema = z.tuple([z.string(), z.string()]);

export function encodePageCursor(partition: string, sortKey: string): string {
  return Buffer.from(JSON.stringify([partition, sortKey])).toString("base64url");
}

/**
 * The sort key after which to go on.
 * @throws {Fault} when the text is no cursor, or one of another list
 */
export function parsePageCursor(text: string, partition: string, prefix: string): string {
  const result = cursorSchema.safeParse(parseJson(Buffer.from(text, "base64url").toString()));
  if (result.success && result.data[0] === partition && result.data[1].startsWith(prefix)) {
    return result.data[1];
  }
  throw badCursor();
}

export function badCursor(): Fault {
  return new Fault("validation_failed", {
    fields: [{ path: "cursor", message: "must be the nextCursor of this list's last answer" }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
