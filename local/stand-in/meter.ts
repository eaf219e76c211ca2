/** Counts what AWS would bill. Keys are `service.what`, for example `sqs.requests` or `dynamodb.write-units`. */
export type Meter = {
  add(key: string, amount?: number): void;
  /** A copy of the counters. */
  read(): Record<string, number>;
  reset(): void;
};

export function createMeter(): Meter {
  let counters: Record<string, number> = {};
  return {
    add(key, amount = 1) {
      counters[key] = (counters[key] ?? 0) + amount;
    },
    read() {
      return { ...counters };
    },
    reset() {
      counters = {};
    },
  };
}
