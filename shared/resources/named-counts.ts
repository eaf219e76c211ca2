import { z } from "zod";

/** A setting like `basic:5,pro:20`: a count for each of the names, none left out. */
export function namedCounts<Name extends string>(
  names: readonly Name[],
): z.ZodPipe<z.ZodString, z.ZodTransform<Record<Name, number>, string>> {
  return z.string().transform((text, context) => {
    const parts = text.split(",").map((part) => /^\s*(\w+):(\d{1,9})\s*$/.exec(part));
    const counts = Object.fromEntries(parts.map((part) => [part?.[1], Number(part?.[2])]));
    const isWhole = names.every((name) => name in counts) && parts.length === names.length;
    if (!isWhole) {
      const example = names.map((name) => `${name}:100`).join(",");
      context.addIssue({ code: "custom", message: `must be counts by name, like ${example}` });
    }
    return counts as Record<Name, number>;
  });
}
