import { Fault } from "#shared/faults/fault.ts";
import type { RouteAccess } from "#shared/routes/define-route.ts";
import type { Caller } from "./caller.ts";

/** @throws {Fault} `forbidden`, naming what the caller lacks */
export function requireAccess(caller: Caller, auth: RouteAccess): void {
  if (auth.access === "user" && caller.kind !== "user") {
    throw new Fault("forbidden", {
      detail: "API keys may not do this. Sign in with POST /v1/auth/login and use that token.",
    });
  }
  if (auth.access === "scope" && !caller.scopes.includes(auth.scope)) {
    throw new Fault("forbidden", {
      detail: `This needs the scope ${auth.scope}, which this credential does not have.`,
    });
  }
}
