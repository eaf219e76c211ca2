import { FencedError, JournalUnreadableError } from "../journal/errors.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";
import type { LifeEnd } from "./life-end.ts";
import { reportUnreadable } from "./report-unreadable.ts";

/** How a life ends that failed; says so where nobody else would. */
export async function endingOf(
  deps: SessionDeps,
  ids: SessionIds,
  error: unknown,
): Promise<LifeEnd> {
  if (error instanceof FencedError) return { kind: "fenced" };
  deps.log.error({ ...ids, err: error }, "session cannot go on");
  if (!(error instanceof JournalUnreadableError)) return { kind: "release" };
  await reportUnreadable(deps, ids, error);
  return { kind: "unreadable" };
}
