// One running runner process: its heartbeat, its share of the shards, and its end.
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Command } from "#shared/contracts/command.ts";
import { commandsQueueUrl } from "#shared/resources/environment.ts";
import type { ShardItem } from "#shared/items/fleet-item.ts";
import type { SessionState } from "#shared/contracts/session-status.ts";
import type { SessionDeps } from "../session/deps.ts";
import type { Fate } from "../session/outbox-message.ts";
import type { FleetStore } from "./fleet-store.ts";
import { Giving } from "./giving.ts";
import { startIntake } from "./intake.ts";
import type { Intake } from "./intake.ts";
import { beatIntervalMs, Liveness } from "./liveness.ts";
import { nextMoves } from "./share.ts";
import { ShardOwner } from "./shard-owner.ts";
import { shareLooks } from "./share-looks.ts";
import { Taking } from "./taking.ts";
import type { WorkerTrust } from "./trust.ts";

const snapshotLookMs = 3_600_000;

/** A heartbeat gives up long before that, whatever its store does. */
const longestTryMs = 60_000;

/** While shards are about to change hands, takers look this often for one to claim. */
const claimIntervalMs = 200;

/** Fargate ends a task 120 s after it has asked for that: what is not handed over by then goes at once. */
const drainLimitMs = 100_000;

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
  trust: WorkerTrust;
  /** Hears how long each command had waited in its queue. */
  onTaken?: (waitedMs: number) => void;
};

type Held = {
  owner: ShardOwner;
  /** None as long as its giver has the commands. */
  intake: Intake | undefined;
  /** Another worker has taken it; what is left of it here is about to end. */
  lost: boolean;
};

export class Worker {
  #options: WorkerOptions;
  #held = new Map<number, Held>();
  #giving: Giving;
  #taking: Taking;
  #liveness: Liveness;
  #beat = 0;
  #triedAt = 0;
  #draining = false;
  #left = false;
  /** Somebody is about to give shards up. */
  #handover = false;
  /** Workers that can take over. */
  #others = 0;
  /** Workers not known to be dead. */
  #holding: ReadonlySet<string> = new Set();
  /** Under way. */
  #releases = new Map<number, Promise<void>>();
  #beating: Promise<void> = Promise.resolve();
  #beatTimer: NodeJS.Timeout | undefined;
  #snapshotTimer: NodeJS.Timeout | undefined;

  constructor(options: WorkerOptions) {
    const { workerId, store, clock, sessions } = options;
    const { log } = sessions;
    this.#options = options;
    this.#liveness = new Liveness(clock);
    this.#giving = new Giving({ workerId, store, log });
    const isAlive = (giver: string) => this.#holding.has(giver);
    this.#taking = new Taking({ workerId, store, log, clock, isAlive });
    // Its sessions wait for the next heartbeat, if they are still its own.
    options.trust.onWoken(() => void this.#tick());
  }

  async start(): Promise<void> {
    await this.#tick();
    this.#snapshotTimer = setInterval(() => {
      for (const { owner } of this.#held.values()) owner.lookAtSnapshots();
    }, snapshotLookMs);
  }

  /** Whether it goes on trying to be seen, however its stores answer. */
  get isTrying(): boolean {
    return this.#options.clock() - this.#triedAt < longestTryMs;
  }

  /** The state of each session that it holds. */
  get states(): SessionState[] {
    return [...this.#held.values()].flatMap(({ owner }) => owner.states);
  }

  /** Hands every shard over so that no session pauses for long, then leaves the fleet. */
  async drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    clearInterval(this.#snapshotTimer);
    clearTimeout(this.#beatTimer);
    await this.#beating;
    await this.#tick();
    await Promise.all([...this.#held.keys()].map((shard) => this.#giveUp(shard)));
    const deadline = setTimeout(() => this.#giving.hurry(), drainLimitMs);
    await this.#giving.done();
    clearTimeout(deadline);
    this.#left = true;
    clearTimeout(this.#beatTimer);
    await this.#beating;
    const { store, workerId, sessions } = this.#options;
    sessions.sender.stop();
    this.#options.trust.stop();
    await store.leave(workerId).catch(() => undefined);
  }

  #schedule(): void {
    if (this.#left) return;
    clearTimeout(this.#beatTimer);
    const delay = this.#handover ? claimIntervalMs : beatIntervalMs;
    this.#beatTimer = setTimeout(() => void this.#tick(), delay);
  }

  async #tick(): Promise<void> {
    if (this.#left) return;
    clearTimeout(this.#beatTimer);
    // One at a time, whoever asks for it: a shard must not be taken twice.
    this.#beating = this.#beating
      .then(() => this.#beatOnce())
      .catch((err: unknown) =>
        this.#options.sessions.log.warn({ err }, "heartbeat failed, trying again"),
      );
    await this.#beating;
    this.#triedAt = this.#options.clock();
    this.#schedule();
  }

  async #beatOnce(): Promise<void> {
    const { store, workerId, shards, clock, trust } = this.#options;
    const startedAt = clock();
    const commands = [...this.#held.values()].flatMap(({ intake }) => intake?.oldest() ?? []);
    await store.beat({
      workerId,
      beat: (this.#beat += 1),
      draining: this.#draining,
      ...(commands.length > 0 && { oldestCommandAt: Math.min(...commands) }),
    });
    const [workers, owners] = await Promise.all([store.listWorkers(), store.listShards()]);
    const census = this.#liveness.observe(workers);
    for (const dead of census.dead) await store.bury(dead);
    const sharing = new Set(census.sharing).add(workerId);
    const { holding } = census;
    this.#holding = holding;
    this.#others = sharing.size - 1;
    // Nobody waits for it to be complete: nothing may keep this worker from its heartbeat.
    this.#letGo(owners);
    trust.confirm(startedAt);
    if (this.#draining) {
      this.#handover = false;
      if (this.#others === 0) this.#giving.hurry();
      return;
    }
    const moves = nextMoves({ me: workerId, shards, owners, sharing, holding });
    this.#handover = census.draining || moves.lacking;
    const seen = new Map(owners.map((item) => [item.shard, item]));
    // Held by the table, yet not here: a former process of the same id.
    const forgotten = owners.filter(
      ({ shard, workerId: owner }) => owner === workerId && !this.#held.has(shard),
    );
    for (const shard of [...moves.claim, ...forgotten.map((item) => item.shard)]) {
      // Offered by this one, it is for another one; lost by it, it may not be gone from here.
      if (!this.#giving.has(shard) && !this.#held.has(shard))
        await this.#claim(shard, seen.get(shard));
    }
    // One at a time: a shard that is on its way changes what is even. Nobody waits for it here either:
    // its sessions may need the next heartbeat to say their last words.
    if (this.#giving.busy || this.#releases.size > 0) return;
    for (const shard of moves.release) {
      this.#giveUp(shard).catch((err: unknown) =>
        this.#options.sessions.log.warn({ shard, err }, "shard was not given up"),
      );
    }
  }

  /** Lets go of what others have taken. */
  #letGo(owners: ShardItem[]): void {
    const { store, workerId, sessions } = this.#options;
    const onFailed = (err: unknown) => sessions.log.warn({ err }, "shard was not let go of");
    for (const { shard, workerId: owner, giver } of owners) {
      // Somebody thought that this worker was dead: the journals have fenced it already.
      if (owner !== workerId && this.#held.has(shard)) this.#lose(shard).catch(onFailed);
      // Promised by a former process of the same id.
      if (giver === workerId && !this.#giving.has(shard)) {
        store.endGiving(shard, workerId).catch(onFailed);
      }
    }
  }

  async #claim(shard: number, seen: ShardItem | undefined): Promise<void> {
    const { store, workerId, sessions } = this.#options;
    const giver =
      seen?.giver !== undefined && this.#holding.has(seen.giver) ? seen.giver : undefined;
    if (!(await store.claim(shard, seen, workerId, giver))) return;
    const owner = this.#ownerOf(shard);
    const held: Held = { owner, intake: undefined, lost: false };
    if (giver === undefined) {
      await owner.start();
      held.intake = this.#startIntake(shard, owner);
    }
    this.#held.set(shard, held);
    sessions.log.info({ shard, giver, sessions: owner.sessions }, "shard taken");
    if (giver === undefined) return;
    const startIntake = () => (held.intake ??= this.#startIntake(shard, owner));
    this.#taking.add({ shard, giver, owner, startIntake });
  }

  #ownerOf(shard: number): ShardOwner {
    const { store, workerId, sessions } = this.#options;
    const isOurs = shareLooks(async () => {
      const item = (await store.listShards()).find((one) => one.shard === shard);
      return item !== undefined && isServedBy(item, workerId);
    });
    return new ShardOwner(shard, store, sessions, isOurs);
  }

  #startIntake(shard: number, owner: ShardOwner): Intake {
    const { sessions, sqs, consumer, trust, onTaken } = this.#options;
    const queueUrl = commandsQueueUrl(this.#options.commandsQueueUrl, shard);
    const handle = async (command: Command, deliveries: number): Promise<Fate> => {
      // Others may have taken the shard meanwhile, and hold what came before this command. Where they
      // run no session that would fence this one, only the next heartbeat tells.
      if (!trust.sure) await trust.whenSure();
      return owner.handle(command, deliveries);
    };
    const { log } = sessions;
    return startIntake({ consumer, sqs, queueUrl, handle, log, ...(onTaken && { onTaken }) });
  }

  /** To somebody who can take it; a shard that is still on its way here is free at once. */
  async #giveUp(shard: number): Promise<void> {
    const held = this.#held.get(shard);
    if (!held || held.lost) return;
    const { owner, intake } = held;
    if (this.#others === 0 || !intake || this.#taking.has(shard)) return this.#release(shard);
    this.#held.delete(shard);
    await this.#giving.offer(shard, { owner, intake });
  }

  async #lose(shard: number): Promise<void> {
    const held = this.#held.get(shard);
    if (!held || held.lost) return;
    held.lost = true;
    this.#taking.drop(shard);
    held.intake?.stop();
    await held.owner.lose();
    await held.intake?.settled();
    this.#held.delete(shard);
    this.#options.sessions.log.info({ shard }, "shard lost");
  }

  async #release(shard: number): Promise<void> {
    const mine = this.#releases.get(shard) ?? this.#releaseNow(shard);
    this.#releases.set(shard, mine);
    await mine.finally(() => this.#releases.delete(shard));
  }

  async #releaseNow(shard: number): Promise<void> {
    const held = this.#held.get(shard);
    if (!held || held.lost) return;
    const { store, workerId, sessions } = this.#options;
    this.#taking.drop(shard);
    held.intake?.stop();
    await held.owner.release();
    await held.intake?.settled();
    this.#held.delete(shard);
    await store
      .release(shard, workerId)
      .catch((err: unknown) => sessions.log.warn({ shard, err }, "shard was not released"));
    sessions.log.info({ shard }, "shard released");
  }
}

/** Whether a worker has a shard's commands: its giver has them until the owner asks for sessions. */
function isServedBy({ workerId, giver, asked }: ShardItem, me: string): boolean {
  return giver !== undefined && asked === undefined ? giver === me : workerId === me;
}
