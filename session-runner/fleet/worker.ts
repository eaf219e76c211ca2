// One running runner process: its heartbeat, its share of the shards, and its end.
import { setTimeout as sleep } from "node:timers/promises";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { commandsQueueUrl } from "#shared/resources/environment.ts";
import type { SessionDeps } from "../session/deps.ts";
import type { FleetStore } from "./fleet-store.ts";
import { startIntake } from "./intake.ts";
import type { Intake } from "./intake.ts";
import { beatIntervalMs, Liveness } from "./liveness.ts";
import { nextMoves } from "./share.ts";
import { ShardOwner } from "./shard-owner.ts";

const snapshotLookMs = 3_600_000;

/** While shards are about to change hands, takers look this often: sessions hardly pause. */
const handoverIntervalMs = 200;

export type WorkerOptions = {
  workerId: string;
  shards: number;
  store: FleetStore;
  sessions: SessionDeps;
  sqs: SQSClient;
  consumer: SQSClient;
  commandsQueueUrl: string;
  /** Monotonic milliseconds. */
  clock: () => number;
};

type Held = { owner: ShardOwner; intake: Intake };

export class Worker {
  #options: WorkerOptions;
  #held = new Map<number, Held>();
  #liveness: Liveness;
  #beat = 0;
  #draining = false;
  /** Somebody is about to give shards up. */
  #handover = false;
  /** Workers that can take over. */
  #others = 0;
  #beating: Promise<void> = Promise.resolve();
  #beatTimer: NodeJS.Timeout | undefined;
  #snapshotTimer: NodeJS.Timeout | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#liveness = new Liveness(options.clock);
  }

  async start(): Promise<void> {
    await this.#tick();
    this.#snapshotTimer = setInterval(() => {
      for (const { owner } of this.#held.values()) owner.lookAtSnapshots();
    }, snapshotLookMs);
  }

  /** Gives every shard up so that the next owner starts at once, then leaves the fleet. */
  async drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    clearTimeout(this.#beatTimer);
    clearInterval(this.#snapshotTimer);
    await this.#beating;
    const { store, workerId, sessions } = this.#options;
    await store.beat(workerId, (this.#beat += 1), true).catch(() => undefined);
    // Whoever takes over looks often from its next beat on: only then does a release leave no gap.
    if (this.#others > 0) await sleep(beatIntervalMs + handoverIntervalMs);
    // One after another: the sessions of a shard then wait for no other shard's logins.
    for (const shard of this.#held.keys()) await this.#release(shard);
    sessions.sender.stop();
    await store.leave(workerId).catch(() => undefined);
  }

  #schedule(): void {
    if (this.#draining) return;
    const delay = this.#handover ? handoverIntervalMs : beatIntervalMs;
    this.#beatTimer = setTimeout(() => void this.#tick(), delay);
  }

  async #tick(): Promise<void> {
    this.#beating = this.#beatOnce().catch((err: unknown) =>
      this.#options.sessions.log.warn({ err }, "heartbeat failed, trying again"),
    );
    await this.#beating;
    this.#schedule();
  }

  async #beatOnce(): Promise<void> {
    const { store, workerId, shards } = this.#options;
    await store.beat(workerId, (this.#beat += 1), false);
    const [workers, owners] = await Promise.all([store.listWorkers(), store.listShards()]);
    const census = this.#liveness.observe(workers);
    for (const dead of census.dead) await store.bury(dead);
    const sharing = new Set(census.sharing).add(workerId);
    this.#others = sharing.size - 1;
    const { holding } = census;
    const moves = nextMoves({ me: workerId, shards, owners, sharing, holding });
    this.#handover = census.draining || moves.lacking;
    const seen = new Map(owners.map((item) => [item.shard, item]));
    // Held by the table, yet not here: a former process of the same id.
    const forgotten = owners.filter(
      ({ shard, workerId: owner }) => owner === workerId && !this.#held.has(shard),
    );
    for (const shard of this.#held.keys()) {
      // Somebody thought that this worker was dead: the journals have fenced it already. First of
      // all, so that no shard is taken while it is still held here.
      const owner = seen.get(shard);
      if (owner && owner.workerId !== workerId) await this.#release(shard);
    }
    for (const shard of [...moves.claim, ...forgotten.map((item) => item.shard)]) {
      if (await store.claim(shard, seen.get(shard), workerId)) await this.#take(shard);
    }
    for (const shard of moves.release) await this.#release(shard);
  }

  async #take(shard: number): Promise<void> {
    const { store, workerId, sessions, sqs, consumer } = this.#options;
    const owner = new ShardOwner(shard, store, sessions, async () => {
      const owners = await store.listShards();
      return owners.some((item) => item.shard === shard && item.workerId === workerId);
    });
    const queueUrl = commandsQueueUrl(this.#options.commandsQueueUrl, shard);
    await owner.start();
    const handle = owner.handle.bind(owner);
    const intake = startIntake({ consumer, sqs, queueUrl, handle, log: sessions.log });
    this.#held.set(shard, { owner, intake });
    sessions.log.info({ shard, sessions: owner.sessions }, "shard taken");
  }

  async #release(shard: number): Promise<void> {
    const held = this.#held.get(shard);
    if (!held) return;
    const { store, workerId, sessions } = this.#options;
    held.intake.stop();
    await held.owner.release();
    await held.intake.settled();
    this.#held.delete(shard);
    await store
      .release(shard, workerId)
      .catch((err: unknown) => sessions.log.warn({ shard, err }, "shard was not released"));
    sessions.log.info({ shard }, "shard released");
  }
}
