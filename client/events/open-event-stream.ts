import type { WafleetClient } from "../create-client.ts";
import { wait } from "../wait.ts";
import { follow } from "./follow.ts";
import { createPositions } from "./positions.ts";
import type { Cursors } from "./positions.ts";
import { defaultTiming } from "./stream-options.ts";
import type { StreamOptions, StreamState } from "./stream-options.ts";

export type EventStream = Disposable & {
  /** Where it has come to, by source: keep them, and give them as `after` next time. */
  cursors(): Cursors;
  close(): void;
  /** Resolves once it is closed; rejects when it cannot go on, as when the key was revoked. */
  ended: Promise<void>;
};

/** Follows what happens, over as many connections as it takes, each event once and in order. */
export function openEventStream(api: WafleetClient, options: StreamOptions): EventStream {
  const timing = { ...defaultTiming, ...options.timing };
  const positions = createPositions(options.after ?? {});
  const closing = new AbortController();
  const { signal = closing.signal } = options;
  const closed = AbortSignal.any([closing.signal, signal]);
  let state: StreamState | undefined;
  // What is created while the first connection is away has to be there from its first event.
  let from = options.from ?? (options.after ? "start" : "now");

  function setState(next: StreamState): void {
    if (next === state) return;
    state = next;
    options.onState?.(next);
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!closed.aborted) {
      setState("connecting");
      const end = await follow({
        api,
        options,
        timing,
        positions,
        from,
        closed,
        setState,
      });
      if (end !== "failed") from = "start";
      failures = end === "failed" ? failures + 1 : 0;
      if (end === "renewed") continue;
      const most = Math.min(timing.maxWaitMs, timing.firstWaitMs * 2 ** failures);
      await wait(Math.random() * most, closed).catch(() => undefined);
    }
  }

  const close = () => closing.abort();
  const ended = run().finally(() => setState("closed"));
  // Who does not look at it is not to have the process ended.
  ended.catch(() => undefined);
  return { cursors: () => positions.now(), close, ended, [Symbol.dispose]: close };
}
