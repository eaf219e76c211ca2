import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";

/** Names of failures that the SDK's own classification leaves out. */
const names = new Set(["TimeoutError", "NetworkingError", "AbortError", "ConnectionError"]);

/** True when a store throttled us, timed out or could not be reached: the caller may try again. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const failure = error as Parameters<typeof isServerError>[0];
  return (
    names.has(error.name) ||
    isThrottlingError(failure) ||
    isTransientError(failure) ||
    isServerError(failure)
  );
}
