import type { Simulator } from "../simulator.ts";
import type { World } from "../world.ts";
import { ControlError } from "./http-error.ts";
import type { ShownQrs } from "./shown-qrs.ts";

export type ControlRequest = {
  simulator: Simulator;
  world: World;
  shownQrs: ShownQrs;
  /** What stands where the path has `:name`. */
  params: Record<string, string>;
  query: URLSearchParams;
  text: string;
  json: () => unknown;
};

export type ControlRoute = {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** In bytes, where more than usual must fit. */
  largestBody?: number;
  handle(request: ControlRequest): unknown;
};

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ControlError(400, "invalid_path", `${part} in the path is not percent-encoded UTF-8`);
  }
};

/** The parameters of a path that has this pattern. */
export const matchPath = (pattern: string, path: string): Record<string, string> | undefined => {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decode(given[index] ?? "");
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
};
