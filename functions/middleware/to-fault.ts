import { isUnavailable } from "#functions/unavailable.ts";
import { Fault } from "#shared/faults/fault.ts";

/** Failures of the stores become `unavailable`; undefined means that this is a bug. */
export function toFault(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  if (isUnavailable(error)) return new Fault("unavailable", { headers: { "retry-after": "2" } });
  return undefined;
}
