import type { BatchState } from "#shared/contracts/batch.ts";

/**
 * How the batches stand whose messages go through a session: looked up once each, and
 * again when they are said to have changed.
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
    // Looked up anew meanwhile, that is newer.
    const state = this.#states.get(batchId) ?? found;
    this.#states.set(batchId, state);
    return state;
  }

  /**
   * After word of a change. What is stored counts: changes that are asked for in the same instant are told
   * of in any order.
   * @throws when it cannot be looked up
   */
  async look(batchId: string): Promise<BatchState> {
    const state = await this.#find(batchId);
    this.#states.set(batchId, state);
    return state;
  }
}
