export type HttpRoute = {
  /** `GET`, `POST`, … or `ANY`. */
  method: string;
  /** `/v1/sessions/{id}`, `/files/{proxy+}` or `$default`. */
  path: string;
  lambda: string;
};

export type RouteMatch = {
  route: HttpRoute;
  routeKey: string;
  pathParameters: Record<string, string>;
};

/**
 * Finds the most specific route: literal segments beat variables, variables beat a greedy
 * variable, a named method beats ANY, and `$default` takes the rest.
 */
export function findRoute(
  routes: HttpRoute[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const matches = routes.flatMap((route) => {
    if (route.path === "$default" || !["ANY", method].includes(route.method)) return [];
    const pathParameters = matchPath(route.path, path);
    if (!pathParameters) return [];
    return [{ route, routeKey: `${route.method} ${route.path}`, pathParameters }];
  });
  const best = matches.toSorted((left, right) => compare(rank(left.route), rank(right.route)))[0];
  if (best) return best;
  const fallback = routes.find((route) => route.path === "$default");
  return fallback && { route: fallback, routeKey: "$default", pathParameters: {} };
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const variable = /^\{(\w+)(\+?)\}$/.exec(segment);
    const name = variable?.[1];
    if (name !== undefined && variable?.[2] === "+") {
      const rest = given.slice(index).join("/");
      if (rest === "") return undefined;
      parameters[name] = decode(rest);
      return parameters;
    }
    const value = given[index];
    if (value === undefined) return undefined;
    if (name === undefined) {
      if (value !== segment) return undefined;
    } else {
      if (value === "") return undefined;
      parameters[name] = decode(value);
    }
  }
  return given.length === wanted.length ? parameters : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One digit a segment, the method last: the smaller text is the more specific route. */
function rank(route: HttpRoute): string {
  const segments = route.path.split("/").map((segment) => {
    if (!segment.startsWith("{")) return "0";
    return segment.endsWith("+}") ? "2" : "1";
  });
  return `${segments.join("")}${route.method === "ANY" ? "1" : "0"}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : 1;
}
