/** What a stand-in does wrong on purpose. Real services do all of these, rarely and at the worst time. */
export type FaultRule = {
  /**
   * - `throttle`: answer with the service's own throttling error, nothing done.
   * - `drop-answer`: do the work, then cut the connection without an answer.
   * - `delay`: wait `delayMs`, then do the work and answer.
   * - `refuse`: cut the connection, nothing done.
   * - `duplicate-delivery`: (queues) hand the same message out twice.
   */
  kind: "throttle" | "drop-answer" | "delay" | "refuse" | "duplicate-delivery";
  /** Name of the API operation, for example `PutItem`; every operation when absent. */
  operation?: string;
  /** Only requests whose body contains this text. */
  match?: string;
  /** 0..1, default 1. */
  probability?: number;
  /** The rule ends after so many hits; never when absent. */
  times?: number;
  /** Milliseconds, for `delay`. */
  delayMs?: number;
};

export type Faults = {
  /** Adds a rule; the returned function removes it. */
  add(rule: FaultRule): () => void;
  clear(): void;
  /** The first rule of these kinds that hits, used up by one. */
  take(operation: string, body: string, kinds?: FaultRule["kind"][]): FaultRule | undefined;
};

export function createFaults(random: () => number = Math.random): Faults {
  const rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.push(entry);
      return () => {
        const index = rules.indexOf(entry);
        if (index >= 0) rules.splice(index, 1);
      };
    },
    clear() {
      rules.length = 0;
    },
    take(operation, body, kinds) {
      const entry = rules.find(
        ({ rule, left }) =>
          left > 0 &&
          (kinds === undefined || kinds.includes(rule.kind)) &&
          (rule.operation === undefined || rule.operation === operation) &&
          (rule.match === undefined || body.includes(rule.match)) &&
          random() < (rule.probability ?? 1),
      );
      if (!entry) return undefined;
      entry.left -= 1;
      return entry.rule;
    },
  };
}
