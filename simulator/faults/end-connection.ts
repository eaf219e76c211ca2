import type { LiveStream } from "../accounts/account.ts";
import { conflictError, streamError } from "../connection/stream-error.ts";
import type { ActiveFaults, Phase } from "./active-faults.ts";

/** Ends a connection that has reached a phase at which one shall end; true when it did. */
export const endsAt = (
  faults: ActiveFaults,
  phase: Phase,
  stream: Pick<LiveStream, "closeWith" | "close" | "cut">,
): boolean => {
  const fault = faults.strike("end-connection", (candidate) => candidate.phase === phase);
  if (!fault) return false;
  const { code, conflict, closeCode } = fault;
  if (conflict !== undefined) stream.closeWith(conflictError(conflict, code));
  else if (code !== undefined) stream.closeWith(streamError(code));
  else if (closeCode !== undefined) stream.close(closeCode);
  else stream.cut();
  return true;
};
