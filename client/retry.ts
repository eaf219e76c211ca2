/** How often and how long a call is tried again. */
export type RetryOptions = {
  /** Tries in all; 1 tries once. */
  tries: number;
  /** The wait doubles from here, each time a random share of it. */
  firstWaitMs: number;
  maxWaitMs: number;
  /** A try that takes longer counts as lost. The API itself ends at 30 s. */
  timeoutMs: number;
};

export const defaultRetry: RetryOptions = {
  tries: 5,
  firstWaitMs: 500,
  maxWaitMs: 30_000,
  timeoutMs: 35_000,
};

export type RetryDeps = {
  fetch: (request: Request) => Promise<Response>;
  random: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  now: () => number;
};

export const idempotencyHeader = "Idempotency-Key";

const repeatable = new Set(["GET", "HEAD", "PUT", "DELETE"]);

/**
 * A fetch that tries again what may be tried again: anything after 429, which did nothing, and after
 * a lost connection or 5xx only what has the same effect when it is done twice.
 */
export function retryingFetch(
  options: RetryOptions,
  deps: RetryDeps,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const isSafe = repeatable.has(request.method) || request.headers.has(idempotencyHeader);
    for (let number = 1; ; number += 1) {
      const isLast = number >= options.tries;
      const backOff = deps.random() * Math.min(options.maxWaitMs, waitBefore(options, number));
      const outcome = await attempt(request, options, deps);
      if (outcome instanceof Response) {
        const wait = Math.max(backOff, retryAfterMs(outcome, deps.now()));
        if (isLast || !mayRepeat(outcome, isSafe) || wait > options.maxWaitMs) return outcome;
        await outcome.body?.cancel();
        await deps.wait(wait, request.signal);
        continue;
      }
      if (isLast || !isSafe || request.signal.aborted) throw outcome.error;
      await deps.wait(backOff, request.signal);
    }
  };
}

async function attempt(
  request: Request,
  { timeoutMs }: RetryOptions,
  deps: RetryDeps,
): Promise<Response | { error: unknown }> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    return await deps.fetch(new Request(request.clone(), { signal }));
  } catch (error) {
    return { error };
  }
}

function waitBefore({ firstWaitMs }: RetryOptions, number: number): number {
  return firstWaitMs * 2 ** (number - 1);
}

/** 409 with a Retry-After is the same Idempotency-Key still at work; its answer will be ours. */
function mayRepeat({ status, headers }: Response, isSafe: boolean): boolean {
  if (status === 429) return true;
  if (!isSafe) return false;
  return status >= 500 || (status === 409 && headers.has("retry-after"));
}

/** Seconds or a date, as RFC 9110 has it; 0 when there is none. */
function retryAfterMs({ headers }: Response, now: number): number {
  const text = headers.get("retry-after");
  if (text === null) return 0;
  const seconds = Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1000;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
