// When each session was without a connection, as WhatsApp sees it.
import type { Session } from "./session.ts";

export type Outages = {
  /** Milliseconds from an instant until the session was connected by a new connection; undefined while it is not. */
  recovery(session: Session, since: number): number | undefined;
  /** Lengths of all the gaps that began after an instant, in milliseconds. */
  gaps(since: number): number[];
  stop(): void;
};

const lookEveryMs = 50;

type Gap = { from: number; to: number | undefined };

export function watchOutages(sessions: Session[]): Outages {
  const gaps = new Map<Session, Gap[]>();

  function look(): void {
    const now = Date.now();
    for (const session of sessions) {
      const all = gaps.get(session) ?? [];
      const open = all.at(-1);
      const down = open !== undefined && open.to === undefined;
      if (session.online() && down) open.to = now;
      else if (!session.online() && !down)
        gaps.set(session, [...all, { from: now, to: undefined }]);
    }
  }

  const timer = setInterval(look, lookEveryMs);
  return {
    recovery(session, since) {
      const gap = gaps.get(session)?.find(({ to }) => to === undefined || to > since);
      return gap?.to === undefined ? undefined : gap.to - since;
    },
    gaps: (since) =>
      [...gaps.values()].flat().flatMap(({ from, to }) => (to && from >= since ? [to - from] : [])),
    stop: () => clearInterval(timer),
  };
}

/** The value below which this share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
