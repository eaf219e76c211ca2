// `{{name}}` in the texts of a message: found, and filled in, wherever in it they are.

const placeholder = /\{\{\s*([A-Za-z]\w{0,63})\s*\}\}/g;

/** The names that a value's texts ask for, each once. */
export function variablesIn(value: unknown): string[] {
  const names = new Set<string>();
  eachText(value, (text) => {
    for (const [, name] of text.matchAll(placeholder)) if (name !== undefined) names.add(name);
    return text;
  });
  return [...names];
}

/** The value with each name replaced; one that is not given stays as it is. */
export function fillIn<Value>(value: Value, variables: Record<string, string>): Value {
  return eachText(value, (text) =>
    text.replaceAll(placeholder, (whole, name: string) =>
      Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole,
    ),
  ) as Value;
}

/** What is missing of the names that are asked for, and what is given beside them. */
export function compareVariables(
  wanted: string[],
  given: Record<string, string>,
): { missing: string[]; extra: string[] } {
  return {
    missing: wanted.filter((name) => !Object.hasOwn(given, name)),
    extra: Object.keys(given).filter((name) => !wanted.includes(name)),
  };
}

function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => eachText(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, eachText(member, change)]),
  );
}
