import { Fault } from "#shared/faults/fault.ts";
import type { Caller } from "./caller.ts";

export type UserCaller = Extract<Caller, { kind: "user" }>;

/** Narrows the caller of a route whose access is `user`. */
export function requireUserCaller(caller: Caller): UserCaller {
  if (caller.kind === "user") return caller;
  throw new Fault("forbidden", { detail: "API keys may not do this. Sign in and use that token." });
}
