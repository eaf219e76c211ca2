// The shards that this worker takes over from others that still run: a few sessions at a time, as
// many as it can connect without keeping any of them waiting.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { afterAllSessions } from "#shared/items/fleet-item.ts";
import type { FleetStore } from "./fleet-store.ts";
import { handOverLookMs } from "./giving.ts";
import { createHandOverPace } from "./hand-over-pace.ts";
import type { ShardOwner } from "./shard-owner.ts";

/** A session that is not back by then waits for something else than its turn. */
const patienceMs = 5_000;

/** A shard that is this worker's by the table, and whose sessions come one after another. */
export type Coming = {
  shard: number;
  giver: string;
  owner: ShardOwner;
  /** From the first session on, commands come here. */
  startIntake(): void;
};

export type TakingOptions = {
  workerId: string;
  store: FleetStore;
  log: Logger;
  /** Whether a giver is not known to be dead. */
  isAlive: (workerId: string) => boolean;
  /** Monotonic milliseconds. */
  clock: () => number;
};

export class Taking {
  #options: TakingOptions;
  #line: Coming[] = [];
  #running = false;
  #pace = createHandOverPace();

  constructor(options: TakingOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#running;
  }

  has(shard: number): boolean {
    return this.#line.some((coming) => coming.shard === shard);
  }

  add(coming: Coming): void {
    this.#line.push(coming);
    if (!this.#running) void this.#run();
  }

  /** The shard is not this worker's any more. */
  drop(shard: number): void {
    this.#line = this.#line.filter((coming) => coming.shard !== shard);
  }

  /** False of one that was lost, even when the shard has come back since. */
  #isWanted(coming: Coming): boolean {
    return this.#line.includes(coming);
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#line[0]; next; next = this.#line[0]) {
      try {
        if (await this.#takeSome(next)) this.#line = this.#line.filter((one) => one !== next);
      } catch (err) {
        this.#options.log.warn({ shard: next.shard, err }, "hand-over halts, trying again");
        await sleep(handOverLookMs);
      }
    }
    this.#running = false;
  }

  /** Takes as many sessions as are good at once; true when the shard needs no more of this. */
  async #takeSome(coming: Coming): Promise<boolean> {
    const { store, workerId, clock, log } = this.#options;
    const { shard, owner, giver } = coming;
    const upTo = await owner.upToNext(this.#pace.count);
    const askedAt = clock();
    if (!(await store.ask(shard, workerId, upTo)) || !this.#isWanted(coming)) return true;
    coming.startIntake();
    const given = await this.#whenGiven(coming, upTo);
    if (given === undefined) return true;
    const begun = await owner.startUpTo(given);
    const isOver = given === afterAllSessions;
    if (isOver && this.#isWanted(coming)) await store.endGiving(shard, giver);
    const inTime = await Promise.race([
      Promise.all(begun.map((life) => life.settled)).then(() => true),
      sleep(patienceMs, false, { ref: false }),
    ]);
    this.#pace.note(inTime ? clock() - askedAt : patienceMs);
    if (isOver) log.info({ shard, sessions: owner.sessions }, "shard handed over");
    return isOver;
  }

  /** How far the giver has come; undefined when the shard has gone elsewhere meanwhile. */
  async #whenGiven(coming: Coming, upTo: string): Promise<string | undefined> {
    const { store, workerId, isAlive } = this.#options;
    const { shard, giver } = coming;
    for (;;) {
      const item = (await store.listShards()).find((one) => one.shard === shard);
      if (item?.workerId !== workerId || !this.#isWanted(coming)) return undefined;
      if (item.giver !== giver || !isAlive(giver)) return afterAllSessions;
      if ((item.given ?? "") >= upTo) return upTo;
      await sleep(handOverLookMs);
    }
  }
}
