import type { World } from "./world.ts";

/** The laws that a run is checked against. */
export type Law =
  | "one-writer"
  | "before-wire"
  | "after-fence"
  | "counter"
  | "before-receipt"
  | "delivered-once"
  | "told-once"
  | "failed-honestly"
  | "expired"
  | "cancelled"
  | "batch-held"
  | "chat-order"
  | "inbound-once"
  | "event-order"
  | "readable"
  | "unhandled"
  | "everything-ends";

export type Violation = { law: Law; at: number; detail: string };

export class Violations {
  found: Violation[] = [];
  #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  add(law: Law, detail: string): void {
    this.found.push({ law, at: this.#world.elapsed, detail });
    this.#world.note(`VIOLATION of ${law}: ${detail}`);
  }
}
