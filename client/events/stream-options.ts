import type { EventType, SocketRequest, WafleetEvent } from "./event.ts";
import type { Cursors } from "./positions.ts";

type Subscribe = Extract<SocketRequest, { action: "subscribe" }>;

/** `catching_up` hands on what happened meanwhile; `live` follows what happens. */
export type StreamState = "connecting" | "catching_up" | "live" | "closed";

export type StreamOptions = {
  /** Of the WebSocket API, for example `wss://events.example.com`. */
  socketUrl: string;
  /** The sessions to follow; every session, and the account itself, when absent. */
  sessions?: string[];
  types?: EventType[];
  account?: boolean;
  /** Where a former stream had come to: what happened since comes first. */
  after?: Cursors;
  /** Where sources begin that `after` does not name: now, unless `after` is given. */
  from?: Subscribe["from"];
  /**
   * Each event once, in order within its session, the next one when this is done. What it throws
   * ends the stream; a stream that is opened from `cursors()` then begins with the same event.
   */
  onEvent: (event: WafleetEvent) => void | Promise<void>;
  /** The latest status and code of a session, for showing at once; no part of the order. */
  onSnapshot?: (events: WafleetEvent[]) => void;
  /** All that happened while nobody was connected has been handed on. */
  onCaughtUp?: (source: string) => void;
  /** Events between the cursor and `oldest` are not kept any more: read the state anew. */
  onGap?: (gap: { source: string; oldest: string | null }) => void;
  onState?: (state: StreamState) => void;
  /** Ends the stream, as `close()` does. */
  signal?: AbortSignal;
  timing?: Partial<StreamTiming>;
};

export type StreamTiming = {
  firstWaitMs: number;
  maxWaitMs: number;
  /** How long an answer may take before the connection counts as lost. */
  answerMs: number;
  /** API Gateway closes what is idle for 10 minutes. */
  heartbeatMs: number;
  /** API Gateway closes every connection after 2 hours: ours ends before, when we can go on at once. */
  renewMs: number;
};

export const defaultTiming: StreamTiming = {
  firstWaitMs: 500,
  maxWaitMs: 30_000,
  answerMs: 10_000,
  heartbeatMs: 5 * 60_000,
  renewMs: 115 * 60_000,
};
