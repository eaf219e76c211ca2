import { Fault } from "#shared/faults/fault.ts";
import type { BadField } from "#shared/faults/fault.ts";
import { compareVariables } from "#shared/template-text.ts";

/** What is wrong with the variables that are given for a template, by name. */
export function badVariables(
  path: string,
  wanted: string[],
  given: Record<string, string>,
): BadField[] {
  const { missing, extra } = compareVariables(wanted, given);
  return [
    ...missing.map((name) => ({ path: `${path}.${name}`, message: "is missing" })),
    ...extra.map((name) => ({ path: `${path}.${name}`, message: "is no variable of it" })),
  ];
}

/** @throws {Fault} `template_variables`, naming them */
export function requireVariables(fields: BadField[]): void {
  if (fields.length > 0) throw new Fault("template_variables", { fields });
}
