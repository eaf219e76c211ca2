// The part of DynamoDB's expression language that the runner speaks. What is not understood here is
// an error, so that nothing is ever silently always true.
export type Item = Record<string, unknown>;

export type Values = {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
};

type Term = (item: Item | undefined, values: Values) => boolean;

const compiled = new Map<string, Term[]>();

/** Whether an item, or its absence, meets a condition. */
export function meets(
  expression: string | undefined,
  item: Item | undefined,
  values: Values,
): boolean {
  if (expression === undefined) return true;
  let terms = compiled.get(expression);
  if (!terms) {
    const flat = expression.replace(/(#?\w+) BETWEEN (:\w+) AND (:\w+)/g, "$1 >= $2 AND $1 <= $3");
    compiled.set(expression, (terms = flat.split(/\s+AND\s+/).map(compileTerm)));
  }
  return terms.every((term) => term(item, values));
}

/** An item after an update. */
export function updated(expression: string, item: Item, values: Values): Item {
  const next = { ...item };
  const parts = expression.split(/\b(SET|REMOVE|ADD)\b/).slice(1);
  for (let index = 0; index < parts.length; index += 2) {
    for (const clause of (parts[index + 1] ?? "").split(",")) {
      applyClause(next, parts[index], clause.trim(), values);
    }
  }
  return next;
}

function applyClause(item: Item, verb: string | undefined, clause: string, values: Values): void {
  const [, name = "", value = ""] = /^(#?\w+)(?:\s*=?\s*(:\w+))?$/.exec(clause) ?? [];
  const attribute = attributeOf(name, values);
  if (attribute === "") throw new Error(`the simulated store cannot do: ${verb} ${clause}`);
  if (verb === "REMOVE") delete item[attribute];
  else if (verb === "SET") item[attribute] = valueOf(value, values);
  else item[attribute] = Number(item[attribute] ?? 0) + Number(valueOf(value, values));
}

function compileTerm(text: string): Term {
  const [, call, name = "", argument = ""] = /^(\w+)\((#?\w+)(?:,\s*(:\w+))?\)$/.exec(text) ?? [];
  const read = (item: Item | undefined, values: Values, attribute: string) =>
    item?.[attributeOf(attribute, values)];
  if (call === "attribute_exists") {
    return (item, values) => read(item, values, name) !== undefined;
  }
  if (call === "attribute_not_exists") {
    return (item, values) => read(item, values, name) === undefined;
  }
  if (call === "begins_with") {
    return (item, values) =>
      String(read(item, values, name)).startsWith(String(valueOf(argument, values)));
  }
  const [, left = "", operator, right = ""] = /^(#?\w+)\s*(=|<=|>=|<|>)\s*(:\w+)$/.exec(text) ?? [];
  const compare = comparisons[operator ?? ""];
  if (!compare) throw new Error(`the simulated store does not understand: ${text}`);
  return (item, values) => {
    const held = read(item, values, left) as string | number | undefined;
    return held !== undefined && compare(held, valueOf(right, values) as string | number);
  };
}

const comparisons: Record<string, (a: string | number, b: string | number) => boolean> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

function attributeOf(name: string, values: Values): string {
  if (!name.startsWith("#")) return name;
  return values.ExpressionAttributeNames?.[name] ?? name;
}

function valueOf(name: string, values: Values): unknown {
  const value = values.ExpressionAttributeValues?.[name];
  if (value === undefined) throw new Error(`no value for ${name}`);
  return value;
}
