// The shards that this worker hands over to others. It keeps every session connected until the
// shard's next owner asks for it; what limits the pace is what that owner can connect.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAllSessions } from "#shared/items/fleet-item.ts";
import type { ShardItem } from "#shared/items/fleet-item.ts";
import type { Logger } from "pino";
import type { FleetStore } from "./fleet-store.ts";
import type { Intake } from "./intake.ts";
import type { ShardOwner } from "./shard-owner.ts";

/** How often giver and taker look at each other's progress while a hand-over is under way. */
export const handOverLookMs = 100;

type Given = {
  owner: ShardOwner;
  intake: Intake;
  upTo: string;
  /** Being offered, or letting go of sessions: looked at again after that. */
  busy: boolean;
};

export type GivingOptions = { workerId: string; store: FleetStore; log: Logger };

export class Giving {
  #options: GivingOptions;
  #shards = new Map<number, Given>();
  #loop: Promise<void> | undefined;
  #hurry = false;

  constructor(options: GivingOptions) {
    this.#options = options;
  }

  has(shard: number): boolean {
    return this.#shards.has(shard);
  }

  get busy(): boolean {
    return this.#shards.size > 0;
  }

  /** Offers a shard to the others; all of it goes on until one of them asks. */
  async offer(shard: number, held: { owner: ShardOwner; intake: Intake }): Promise<void> {
    const { store, workerId, log } = this.#options;
    const given = { ...held, upTo: "", busy: true };
    this.#shards.set(shard, given);
    this.#loop ??= this.#run();
    // Not offered, it is not to be found as such, and ends.
    await store
      .offer(shard, workerId)
      .catch((err: unknown) => log.warn({ shard, err }, "shard could not be offered"));
    given.busy = false;
  }

  /** Resolves when nothing is left to give. */
  async done(): Promise<void> {
    await this.#loop;
  }

  /** Lets go of everything at once, asked or not. */
  hurry(): void {
    this.#hurry = true;
  }

  async #run(): Promise<void> {
    const { store, log } = this.#options;
    while (this.#shards.size > 0) {
      try {
        // What is read may be from before an offer that is made meanwhile.
        const offered = [...this.#shards].filter(([, given]) => !given.busy);
        const owners = this.#hurry ? [] : await store.listShards();
        const items = new Map(owners.map((item) => [item.shard, item]));
        for (const [shard, given] of offered) void this.#look(shard, given, items.get(shard));
      } catch (err) {
        log.warn({ err }, "hand-overs cannot be looked at, trying again");
      }
      await sleep(handOverLookMs);
    }
    this.#loop = undefined;
  }

  async #look(shard: number, given: Given, item: ShardItem | undefined): Promise<void> {
    const { workerId, store, log } = this.#options;
    const asked = item?.giver === workerId ? (item.asked ?? "") : afterAllSessions;
    if (asked <= given.upTo) return;
    given.busy = true;
    // From now on the taker has the commands.
    given.intake.stop();
    try {
      if (asked >= afterAllSessions) await this.#end(shard, given);
      else {
        await given.owner.give(asked);
        await store.give(shard, workerId, asked);
        given.upTo = asked;
      }
    } catch (err) {
      log.warn({ shard, err }, "hand-over halts, trying again");
    }
    given.busy = false;
  }

  /** The rest at once: all of it has been asked for, or somebody else has taken the shard. */
  async #end(shard: number, { owner, intake }: Given): Promise<void> {
    const { store, workerId, log } = this.#options;
    await owner.release();
    await intake.settled();
    await store.endGiving(shard, workerId);
    // Never offered after all, or not claimed by anybody.
    await store.release(shard, workerId);
    this.#shards.delete(shard);
    log.info({ shard }, "shard released");
  }
}
