// One shard while this worker holds it: its sessions and its commands.
import { setTimeout as sleep } from "node:timers/promises";
import type { Command, CommandOf } from "#shared/contracts/command.ts";
import { afterAllSessions } from "#shared/items/fleet-item.ts";
import type { SessionState } from "#shared/contracts/session-status.ts";
import type { SessionDeps, SessionIds } from "../session/deps.ts";
import type { LifeEnd } from "../session/life-end.ts";
import type { Fate } from "../session/outbox-message.ts";
import { awaitDue } from "../session/await-due.ts";
import { refuseQuestion } from "../session/answer-command.ts";
import { orderedParking } from "../session/ordered-parking.ts";
import { SessionLife } from "../session/session-life.ts";
import { toWish } from "../session/wish.ts";
import type { Wish } from "../session/wish.ts";
import type { FleetStore } from "./fleet-store.ts";
import { createTurns } from "./turns.ts";

/** After a session failed for a reason of ours: a store that did not answer, a bug. */
const reviveDelayMs = 5_000;

/** After another worker took a session that is ours by the table: whoever is wrong must not fight. */
const fencedDelayMs = 30_000;

/** Some of these are a heartbeat. */
const lateReturnMs = 1_000;

/**
 * A message whose command has come so often is stored as waiting at once: each time its worker died
 * before it was sent, and after some more the queue would give it up.
 */
const oftenDelivered = 4;

export class ShardOwner {
  #lives = new Map<string, SessionLife>();
  /** The connect that each wanted session is there for. */
  #wishes = new Map<string, string>();
  /** The connect that came to its end by itself, of each session that did. */
  #over = new Map<string, string>();
  #inTurn = createTurns();
  #shard: number;
  #store: FleetStore;
  #deps: SessionDeps;
  /** Sessions that another worker took over while the shard was ours, and what waits for them. */
  #fenced = new Map<string, PromiseWithResolvers<void>>();
  /** Sessions that failed for a reason of ours and are begun again soon, and what waits for that. */
  #reviving = new Map<string, PromiseWithResolvers<void>>();
  #isOurs: () => Promise<boolean>;
  /** Sessions up to this id are here, or free; those behind it are still with a former owner. */
  #arrived = "";
  #awaiting: { sessionId: string; resolve: () => void }[] = [];
  /** Sessions up to this id are the next owner's. */
  #given = "";
  /** Messages whose time has not come. */
  #notDue = new Set<{ sessionId: string; leaving: AbortController }>();

  /** @param isOurs whether the fleet still says that this worker holds the shard */
  constructor(shard: number, store: FleetStore, deps: SessionDeps, isOurs: () => Promise<boolean>) {
    this.#isOurs = isOurs;
    this.#shard = shard;
    this.#store = store;
    this.#deps = { ...deps, messages: orderedParking(deps.messages, isOurs, deps.now) };
  }

  get sessions(): number {
    return this.#lives.size;
  }

  get states(): SessionState[] {
    return [...this.#lives.values()].map(({ state }) => state);
  }

  /** Starts every session that wants to be connected. */
  async start(): Promise<void> {
    await this.startUpTo(afterAllSessions);
  }

  /** Starts the sessions that want to be connected up to an id: nobody else has those any more. */
  async startUpTo(sessionId: string): Promise<SessionLife[]> {
    const wanted = await this.#store.listWanted(this.#shard);
    const due = wanted.filter(
      (item) => item.sessionId > this.#arrived && item.sessionId <= sessionId,
    );
    if (sessionId > this.#arrived) this.#arrived = sessionId;
    // Lost in the meantime, they are another worker's.
    const lives = due
      .filter((item) => !this.#isGiven(item.sessionId))
      .map((item) => {
        this.#wishes.set(item.sessionId, item.connectId);
        return this.#begin(item.sessionId, item.accountId, toWish(item));
      });
    this.#awaiting = this.#awaiting.filter((one) => {
      if (one.sessionId <= sessionId) one.resolve();
      return one.sessionId > sessionId;
    });
    return lives;
  }

  /** How far to ask a giver for the next so many sessions that want to be connected. */
  async upToNext(count: number): Promise<string> {
    const wanted = await this.#store.listWanted(this.#shard);
    const ids = wanted.map(({ sessionId }) => sessionId).filter((id) => id > this.#arrived);
    return ids.length > count ? (ids.toSorted()[count - 1] ?? afterAllSessions) : afterAllSessions;
  }

  /** Obeys; what is asked of one session, messages and questions apart, happens in the order of asking. */
  handle(command: Command, deliveries: number): Promise<Fate> {
    if (command.type === "message.send.v1") return this.#send(command, deliveries);
    if (command.type === "session.ask.v1") return this.#obey(command);
    return this.#inTurn(command.sessionId, async () => {
      const fate = await this.#obey(command);
      if (fate !== "done" || (await this.#isOurs())) return fate;
      // Obeyed by a former owner who did not know better, it must reach the present one, too: not at
      // once, for until its next heartbeat this worker would take it again, and again.
      await sleep(lateReturnMs, undefined, { ref: false });
      return "return";
    });
  }

  /** A message whose time has not come waits here, and by its item if it is cancelled. */
  async #send(command: CommandOf<"message.send.v1">, deliveries: number): Promise<Fate> {
    if (command.sendAt === undefined) return this.#obey(command, deliveries);
    const leaving = new AbortController();
    const waiting = { sessionId: command.sessionId, leaving };
    this.#notDue.add(waiting);
    try {
      const due = await awaitDue(this.#deps, command, leaving.signal);
      return due ? await this.#obey(command, deliveries) : "done";
    } catch (error) {
      if (leaving.signal.aborted) return "return";
      throw error;
    } finally {
      this.#notDue.delete(waiting);
    }
  }

  async #obey(command: Command, deliveries = 1): Promise<Fate> {
    const { sessionId, accountId } = command;
    // Held, not given back: so many returns would make it a dead letter.
    await this.#arrival(sessionId);
    await this.#fenced.get(sessionId)?.promise;
    if (this.#isGiven(sessionId)) return "return";
    if ("connectId" in command) {
      if (await this.#isOver(command)) return "done";
      if (this.#isGiven(sessionId)) return "return";
    }
    const life = this.#lives.get(sessionId);
    switch (command.type) {
      case "session.connect.v1": {
        const again = this.#wishes.get(sessionId) === command.connectId;
        this.#wishes.set(sessionId, command.connectId);
        if (!life) this.#begin(sessionId, accountId, toWish(command));
        else if (!again) await life.connectAgain(toWish(command));
        return "done";
      }
      case "session.restart.v1":
        this.#wishes.set(sessionId, command.connectId);
        if (life) await life.restart();
        else this.#begin(sessionId, accountId, toWish(command));
        return "done";
      case "session.configure.v1":
        life?.configure(command.settings);
        return "done";
      case "session.stop.v1":
        this.#wishes.delete(sessionId);
        if (life) await life.end({ kind: "stop" });
        return "done";
      case "session.disconnect.v1":
        return this.#conclude(command, { kind: "disconnect" });
      case "session.export.v1":
        return this.#conclude(command, { kind: "export", bundleId: command.bundleId });
      case "session.import.v1":
        return this.#conclude(command, { kind: "import", bundleId: command.bundleId });
      case "session.ask.v1":
        return life && !life.isEnding ? life.ask(command) : refuseQuestion(this.#deps, command);
      case "message.send.v1":
        if (life?.isEnding) {
          // Into its last messages none may slip: those are stored before its next life looks.
          await life.ended;
          return this.#obey(command, deliveries);
        }
        if (!life && this.#reviving.has(sessionId)) {
          // Stored now, it would be overtaken by what a former owner sends who is not fenced yet.
          await this.#reviving.get(sessionId)?.promise;
          return this.#obey(command, deliveries);
        }
        if (life) {
          return life.send({ ...command, isAgain: deliveries > 1 }, deliveries >= oftenDelivered);
        }
        await this.#deps.messages.park(sessionId, command);
        return "parked";
      case "batch.change.v1":
        await life?.changeBatch(command);
        return "done";
    }
  }

  /**
   * Begun from the stored wish before this command came, by this owner or a former one, and over
   * since: then the wish is gone.
   */
  async #isOver({ sessionId, connectId }: { sessionId: string; connectId: string }) {
    if (this.#over.get(sessionId) === connectId) return true;
    if (this.#wishes.get(sessionId) === connectId) return false;
    return !(await this.#store.isWanted(this.#shard, sessionId, connectId));
  }

  /** Ends every session so that the next owner can go on at once. */
  release(): Promise<void> {
    return this.give(afterAllSessions);
  }

  /** Cuts every session: they are another worker's already, and nothing more may be said for them. */
  lose(): Promise<void> {
    return this.give(afterAllSessions, { kind: "fenced" });
  }

  /** Ends the sessions up to an id so that the next owner can go on with them at once. */
  async give(upTo: string, how: LifeEnd = { kind: "release" }): Promise<void> {
    if (upTo > this.#given) this.#given = upTo;
    for (const { resolve } of this.#awaiting.splice(0)) resolve();
    for (const { sessionId, leaving } of this.#notDue) {
      if (this.#isGiven(sessionId)) leaving.abort();
    }
    for (const waiting of [this.#fenced, this.#reviving]) {
      for (const [sessionId, { resolve }] of waiting) if (this.#isGiven(sessionId)) resolve();
    }
    const lives = [...this.#lives].filter(([sessionId]) => this.#isGiven(sessionId));
    await Promise.all(lives.map(([, life]) => life.end(how)));
  }

  #isGiven(sessionId: string): boolean {
    return sessionId <= this.#given;
  }

  async #arrival(sessionId: string): Promise<void> {
    if (sessionId <= this.#arrived || this.#isGiven(sessionId)) return;
    await new Promise<void>((resolve) => this.#awaiting.push({ sessionId, resolve }));
  }

  lookAtSnapshots(): void {
    for (const life of this.#lives.values()) life.lookAtSnapshot();
  }

  /**
   * Ends a session in a way that must have happened. One that is not running is taken over for it:
   * its device may still be linked. One that was about to end by itself is begun again for it.
   * @throws when it could not be done: the command comes again
   */
  async #conclude({ sessionId, accountId }: Command, how: LifeEnd): Promise<Fate> {
    this.#wishes.delete(sessionId);
    for (;;) {
      if (this.#isGiven(sessionId)) return "return";
      const life = this.#lives.get(sessionId) ?? this.#begin(sessionId, accountId, toWish({}));
      const ending = await life.end(how);
      if (ending.kind === "unreadable") return "done";
      if (ending.kind === "fenced" || ending.kind === "release") return "return";
      if (!life.clean) throw new Error(`the session's ${how.kind} did not come to its end`);
      if (ending === how) return "done";
    }
  }

  #begin(sessionId: string, accountId: string, wish: Wish): SessionLife {
    const life = new SessionLife(this.#deps, { sessionId, accountId }, wish);
    this.#lives.set(sessionId, life);
    this.#letGo(this.#reviving, sessionId);
    void life.ended.then((ending) => this.#ended({ sessionId, accountId }, ending, life));
    return life;
  }

  async #ended({ sessionId, accountId }: SessionIds, ending: LifeEnd, life: SessionLife) {
    const { wish, clean } = life;
    this.#lives.delete(sessionId);
    if (this.#isGiven(sessionId)) return;
    const { log } = this.#deps;
    if (ending.kind === "fenced") {
      this.#fenced.set(sessionId, Promise.withResolvers());
      log.error({ sessionId, shard: this.#shard }, "another worker has taken this session over");
      return this.#revive({ sessionId, accountId }, wish, fencedDelayMs);
    }
    // An end that was cut short has not been said to anybody: the next life comes to it again.
    if (ending.kind === "release" || (ending.kind === "ended" && !clean)) {
      this.#reviving.set(sessionId, Promise.withResolvers());
      return this.#revive({ sessionId, accountId }, wish, reviveDelayMs);
    }
    // Who asks for an end takes the wish back first: one that is there is newer.
    if (ending.kind !== "ended" && ending.kind !== "unreadable") return;
    const connectId = this.#wishes.get(sessionId);
    this.#wishes.delete(sessionId);
    if (connectId === undefined) return;
    this.#over.set(sessionId, connectId);
    await this.#store
      .unwant(this.#shard, sessionId, connectId)
      .catch((err: unknown) => log.warn({ sessionId, err }, "wish could not be removed"));
  }

  /** Begins a session again, unless the shard has gone to another worker in the meantime. */
  async #revive({ sessionId, accountId }: SessionIds, wish: Wish, delayMs: number): Promise<void> {
    for (;;) {
      await sleep(delayMs, undefined, { ref: false });
      const ours = await this.#isOurs().catch(() => undefined);
      const isGiven = this.#isGiven(sessionId);
      if (ours === undefined && !isGiven) continue;
      if (!ours || isGiven) return;
      const isWanted = this.#wishes.has(sessionId) && !this.#lives.has(sessionId);
      if (isWanted) this.#begin(sessionId, accountId, wish);
      this.#letGo(this.#reviving, sessionId);
      this.#letGo(this.#fenced, sessionId);
      return;
    }
  }

  #letGo(waiting: Map<string, PromiseWithResolvers<void>>, sessionId: string): void {
    waiting.get(sessionId)?.resolve();
    waiting.delete(sessionId);
  }
}
