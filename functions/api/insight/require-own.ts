import type { Caller } from "#functions/auth/caller.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { InsightDeps } from "./insight-deps.ts";

/** @throws {Fault} `not_found` when a session is named that is not the caller's to see */
export async function requireOwn(
  { control }: InsightDeps,
  caller: Caller,
  sessionId: string | undefined,
): Promise<void> {
  if (sessionId !== undefined) await sessions.require(control, caller, sessionId);
}
