import * as sessions from "#functions/store/sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { RequestFor } from "./parse-request.ts";
import { replay } from "./replay.ts";
import type { SocketDeps } from "./socket-deps.ts";
import { findCaller, requireStream } from "./socket-follower.ts";
import { sourcesOf } from "./sources-of.ts";

/** Replays what comes after the positions that the client gives. */
export async function resume(
  deps: SocketDeps,
  connectionId: string,
  { after }: RequestFor<"resume">,
): Promise<void> {
  const caller = await findCaller(deps, connectionId);
  if (!caller) return;
  const subscription = await requireStream(deps, caller, connectionId);
  const followed = sourcesOf(caller, subscription, await sessions.all(deps.control, caller));
  const foreign = Object.keys(after).filter((source) => !followed.includes(source));
  if (foreign.length > 0) {
    throw new Fault("not_found", {
      detail: "You do not follow some of these sources. Subscribe to them first.",
      fields: foreign.map((id) => ({ path: `after.${id}`, message: "is not followed" })),
    });
  }
  await replay(deps, subscription, after);
}
