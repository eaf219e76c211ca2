const least = 1;
const most = 32;

/** Far enough below what a hand-over may cost a session (2 s) for one that is unlucky. */
const quickMs = 500;
const slowMs = 900;

export type HandOverPace = {
  /** So many sessions change hands at once. */
  readonly count: number;
  /** How long the last of them took, from asking for them until all were connected. */
  note(tookMs: number): void;
};

/** As many sessions at once as this machine connects in good time: found out by doing it. */
export function createHandOverPace(start = 4): HandOverPace {
  let count = start;
  return {
    get count() {
      return count;
    },
    note(tookMs) {
      if (tookMs < quickMs) count = Math.min(most, Math.ceil(count * 1.5));
      if (tookMs > slowMs) count = Math.max(least, Math.floor(count / 2));
    },
  };
}
