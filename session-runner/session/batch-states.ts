import type { BatchState } from "#shared/contracts/batch.ts";

/**
 * How the batches stand whose messages go through a session: looked up once each, told of changes
 * from then on.
 */
export class BatchStates {
  #states = new Map<string, BatchState>();
  #find: (batchId: string) => Promise<BatchState>;

  constructor(find: (batchId: string) => Promise<BatchState>) {
    this.#find = find;
  }

  /** @throws when it cannot be looked up */
  async of(batchId: string): Promise<BatchState> {
    const known = this.#states.get(batchId);
    if (known !== undefined) return known;
    const found = await this.#find(batchId);
    // Told of a change meanwhile, the change is newer.
    const state = this.#states.get(batchId) ?? found;
    this.#states.set(batchId, state);
    return state;
  }

  set(batchId: string, state: BatchState): void {
    this.#states.set(batchId, state);
  }
}
