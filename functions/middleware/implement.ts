import type { Caller } from "#functions/auth/caller.ts";
import type { Headers } from "#functions/auth/authenticate.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import type { Logger } from "pino";
import type { z } from "zod";

/** What ids and times are made from. A retry under one Idempotency-Key gets the same again. */
export type Attempt = {
  /** Milliseconds since 1970, of the first try. */
  startedAt: number;
  seed: string;
  /** True when the caller sent an Idempotency-Key, so that an earlier try may have left traces. */
  repeatable: boolean;
  /** True when an earlier try has been there; whoever finds what that one made says so. */
  isAgain?: boolean;
  isReplayed?: boolean;
  /** Of the Idempotency-Key of somebody without an account, whose tries the route itself tells apart. */
  keyHash?: string;
};

type Parsed<Definition, Part extends string> =
  Definition extends Record<Part, z.ZodType> ? z.infer<Definition[Part]> : undefined;

/** A request that is authenticated, allowed, and valid by its route's schemas. */
export type RouteCall<Definition extends RouteDefinition> = {
  params: Parsed<Definition, "params">;
  query: Parsed<Definition, "query">;
  body: Parsed<Definition, "body">;
  caller: Definition["auth"] extends { access: "public" | "operator" } ? undefined : Caller;
  headers: Headers;
  requestId: string;
  /** The address that asks. */
  ip: string;
  log: Logger;
  /** For the audit: whose account it is about where no caller tells, and what it was done to. */
  noted: { accountId?: string; target?: Record<string, string> };
  attempt: Attempt;
};

/** An answer in another form than JSON. */
type RawAnswer<Status, Definition> = Definition extends { contentTypes: unknown }
  ? { status: Status; raw: Buffer; contentType: string; headers?: Record<string, string> }
  : never;

/** One of the answers that the route declares. */
export type RouteAnswer<Definition extends RouteDefinition> = {
  [Status in keyof Definition["responses"] & number]:
    | { status: Status; body: Parsed<Definition["responses"][Status], "body"> }
    | RawAnswer<Status, Definition["responses"][Status]>;
}[keyof Definition["responses"] & number];

export type AnyAnswer =
  | { status: number; body: unknown }
  | { status: number; raw: Buffer; contentType: string; headers?: Record<string, string> };

/** A route with its implementation, its types checked and forgotten. */
export type RouteImplementation<Deps = never> = {
  route: RouteDefinition;
  run: (call: RouteCall<RouteDefinition>, deps: Deps) => Promise<AnyAnswer>;
};

/** Ties a handler to its route: what it is given and what it may answer follow from the table. */
export function implement<
  Definition extends RouteDefinition,
  Deps,
  const Answer extends RouteAnswer<Definition>,
>(
  route: Definition,
  run: (call: RouteCall<Definition>, deps: Deps) => Promise<Answer>,
): RouteImplementation<Deps> {
  return {
    route,
    run: async (call, deps) => {
      const answer: AnyAnswer = await run(call, deps);
      if (answer.status in route.responses) return answer;
      throw new Error(`${route.name} answered ${answer.status}, which its route does not declare`);
    },
  };
}
