/** Chooses a message's route by an expression such as `$request.body.action`. */
export function selectRoute(
  expression: string,
  routeKeys: string[],
  body: string,
): string | undefined {
  const selected = readPath(expression, body);
  const isOwn = selected !== undefined && !selected.startsWith("$") && routeKeys.includes(selected);
  if (isOwn) return selected;
  return routeKeys.includes("$default") ? "$default" : undefined;
}

function readPath(expression: string, body: string): string | undefined {
  const path = /^\$request\.body\.([\w.]+)$/.exec(expression)?.[1];
  if (path === undefined) {
    throw new Error(
      `Route selection expression "${expression}" is not supported; use $request.body.<name>`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === "string" ? value : undefined;
}
