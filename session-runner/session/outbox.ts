// Messages on their way out. Each chat is a line of its own, in order of acceptance; a recipient
// who is slow to reach holds up nobody else.
import type { Engine } from "../whatsapp/engine.ts";
import type { SendOutcome } from "../whatsapp/send-outcome.ts";
import { Clearance } from "./clearance.ts";
import type { Judges } from "./clearance.ts";
import { Departure } from "./departure.ts";
import type { DepartureStore } from "./departure.ts";
import { HeldMessages } from "./held-messages.ts";
import { longWaitMs, Newcomers } from "./newcomers.ts";
import type { Ending, Fate, FinalStatus, OutboxMessage } from "./outbox-message.ts";
import { Pacer } from "./pacer.ts";
import { Passage } from "./passage.ts";
import { atOnce, Settlements } from "./settlements.ts";
import type { Delivered } from "./settlements.ts";
import { StoredMessages, tryAgainMs } from "./stored-messages.ts";
import { fateBy, notAcknowledged } from "./told-fate.ts";

export type OutboxOptions = DepartureStore &
  Judges & {
    /** Publishes the status; resolves when it cannot be lost. */
    settle(message: OutboxMessage, final: FinalStatus): Promise<void>;
    park(message: OutboxMessage): Promise<void>;
    /** What is stored as waiting, in the order of acceptance: all of it, or from a message on. */
    list(from: string | undefined): AsyncIterable<OutboxMessage>;
    /** Hears of a waiting message that could not be settled, or of all when they cannot be read. */
    onTrouble(error: unknown, messageId?: string): void;
    /** In the instant before it leaves; false when it has to be judged again. */
    claim(message: OutboxMessage): boolean;
    /** What WhatsApp made of it. */
    onOutcome(message: OutboxMessage, outcome: SendOutcome): void;
    random: () => number;
  };

/** Times that an unanswered message is sent, always under the same id. */
const sendLimit = 3;

/** Messages of a session in memory: beyond it they wait as items, so that no other session has to. */
const lineLimit = { open: 500, closed: 100 };

export class Outbox {
  pacer: Pacer;
  #options: OutboxOptions;
  #lines = new Map<string, Promise<Delivered>>();
  #settlements: Settlements;
  #held = new HeldMessages<OutboxMessage>();
  /** Counts the times that everything was to be looked at again. */
  #look = 0;
  /** Ids of messages in the lines. */
  #underWay = new Set<string>();
  #newcomers = new Newcomers(lineLimit.closed);
  #stored: StoredMessages;
  #clearance: Clearance;
  #passage = new Passage();
  #ending: Ending | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.pacer = new Pacer(options.now, options.random);
    this.#settlements = new Settlements((message, final) => options.settle(message, final));
    this.#clearance = new Clearance({
      ...options,
      settlements: this.#settlements,
      park: (message) => this.#park(message),
      hold: (until, message) => this.#held.add(until, message),
    });
    this.#stored = new StoredMessages({
      park: (message) => this.#parkAtLast(message),
      list: (from) => options.list(from),
      isKnown: (message) => this.#isKnown(message),
      onMessage: (message) => {
        if (!this.#isWaiting(message)) this.#goOn(message);
      },
      hasRoom: () => this.#underWay.size < lineLimit.closed,
      mayGoOn: () => this.#newcomers.areLetIn,
      onTrouble: (error) => options.onTrouble(error),
    });
  }

  /**
   * Sends a message behind those that waited for this session: they were accepted before it. What
   * waits for long is kept by its item rather than by the queue, which is paid for holding it and
   * hands out so many at a time only, whoever they are for.
   * @param isOften whether the queue has handed it out again and again, and may soon give it up
   */
  sendNew(message: OutboxMessage, isOften = false): Promise<Fate> {
    return this.#newcomers.enter(this.#enter(message, isOften));
  }

  async #enter(message: OutboxMessage, isOften: boolean): Promise<Fate> {
    if (!isOften) await this.#newcomers.admitted();
    if (!this.#ending && (isOften || this.#mustBeStored())) {
      // Should this worker die, what is stored is sent before what the queue hands out again.
      const after = () => this.#newcomers.letGo(message.to);
      return (await this.#stored.store(message, after)) ? "parked" : this.send(message);
    }
    const sent = this.send(message);
    return this.#newcomers.hold(message.to, sent, async (): Promise<Fate> => {
      sent.catch((error: unknown) => this.#note(error, message));
      return (await this.#parkAtLast(message)) ? "parked" : sent;
    });
  }

  #mustBeStored(): boolean {
    if (!this.#newcomers.areLetIn) return true;
    const { size } = this.#underWay;
    const limit = this.isOpen ? lineLimit.open : lineLimit.closed;
    return !this.#stored.areNone || size >= limit || this.pacer.waitMs(size) >= longWaitMs;
  }

  /** Puts what waited for this session into its lines, as much as there is room for. */
  takeWaiting(): Promise<void> {
    return this.#stored.take();
  }

  /** Whether it is in memory, on its way or held. */
  #isWaiting({ messageId }: OutboxMessage): boolean {
    return this.#underWay.has(messageId) || this.#held.has(messageId);
  }

  #isKnown(message: OutboxMessage): boolean {
    if (this.#isWaiting(message) || this.#options.isTold(message)) return true;
    return this.#settlements.find(message.messageId) !== undefined;
  }

  get isOpen(): boolean {
    return this.#passage.engine !== undefined;
  }

  /** The open connection; undefined when the session ends before there is one. */
  whenOpen(): Promise<Engine | undefined> {
    return this.#passage.whenOpen();
  }

  /** The connection is open: what waits goes out, unless the session has ended meanwhile. */
  open(engine: Engine): void {
    if (this.#ending) return;
    this.#passage.open(engine);
    void this.#newcomers.letIn();
    this.#stored.goOn();
    this.#passage.wake();
  }

  /** The connection is gone; it is expected back. */
  pause(): void {
    this.#passage.close();
  }

  /** The session ends. What has not left ends as `ending` says. */
  async end(ending: Ending): Promise<void> {
    this.#stored.stop();
    this.#passage.shut();
    this.#ending = ending;
    // What cannot be settled now stays stored as waiting.
    for (const message of this.#held.takeAll()) this.send(message).catch(() => undefined);
    this.#passage.wake();
    await this.#newcomers.letIn();
    await this.#stored.stopped();
    // One that was about to be stored is, or takes its place in the lines: after the end none may be.
    await this.#newcomers.settled();
    if (ending === "fail") await this.#stored.takeAll(() => this.#room());
    await Promise.allSettled(this.#lines.values());
    await this.#settlements.finished();
  }

  async #room(): Promise<void> {
    if (this.#underWay.size >= lineLimit.closed) await Promise.allSettled(this.#lines.values());
  }

  async send(message: OutboxMessage): Promise<Fate> {
    const { to, messageId } = message;
    const before: Promise<unknown> = this.#lines.get(to) ?? Promise.resolve();
    this.#underWay.add(messageId);
    const mine = before
      .catch((error: unknown) => {
        // What could not be stored comes again, and so must everything behind it.
        if (this.#ending) throw error;
      })
      .then(() => this.#deliver(message))
      .finally(() => {
        this.#underWay.delete(messageId);
        this.#stored.goOn();
      });
    this.#lines.set(to, mine);
    void mine
      .catch(() => undefined)
      .finally(() => {
        if (this.#lines.get(to) === mine) this.#lines.delete(to);
      });
    const { fate } = await mine;
    return fate;
  }

  async #deliver(message: OutboxMessage): Promise<Delivered> {
    const before = this.#settlements.find(message.messageId);
    if (before) return before;
    const departure = new Departure(message, this.#options);
    for (let sends = 0; ;) {
      if (departure.isInVain) await departure.giveUp().catch((error) => this.#note(error, message));
      const engine = await this.#passage.whenOpen();
      if (!engine) return this.#clearance.finish(message, this.#ending ?? "fail");
      const look = this.#look;
      const refused = await this.#clearance
        .refuse(message)
        .catch((error: unknown) => this.#tryLater(error, message));
      if (refused === "later") continue;
      if (refused) return refused;
      await this.#passage.pause(this.pacer.reserve());
      const isOff = () =>
        this.#passage.engine !== engine || this.#look !== look || this.#clearance.isLate(message);
      if (!isOff()) await this.#type(engine, message);
      if (departure.isOwed && !isOff() && !(await this.#begin(departure, message))) {
        return atOnce("done");
      }
      if (isOff() || departure.isOwed) continue;
      if (this.#options.mayHaveLeft(message)) message.mayHaveLeft = true;
      if (!this.#options.claim(message)) continue;
      const outcome = await engine.send(message);
      const fate = fateBy(outcome, message);
      if (outcome.result === "unanswered") message.mayHaveLeft = true;
      this.#options.onOutcome(message, outcome);
      if (fate) return this.#settlements.settle(message, fate);
      if (outcome.result === "not_sent") {
        if (this.#passage.engine === engine) this.#passage.close();
        continue;
      }
      // An answer that the end of the connection cut off is asked for again on the next one.
      if (this.#passage.engine === engine) sends += 1;
      if (sends >= sendLimit) return this.#settlements.settle(message, notAcknowledged);
    }
  }

  /** A store did not answer: what is behind the message in its chat must not go before it. */
  async #tryLater(error: unknown, message: OutboxMessage): Promise<"later"> {
    this.#note(error, message);
    await this.#passage.pause(tryAgainMs);
    return "later";
  }

  /** True also when that could not be stored: it is owed still, after a while. */
  #begin(departure: Departure, message: OutboxMessage): Promise<boolean> {
    return departure
      .begin()
      .catch(async (error: unknown) => (await this.#tryLater(error, message)) === "later");
  }

  #note(error: unknown, { messageId }: OutboxMessage): void {
    this.#options.onTrouble(error, messageId);
  }

  /** For the eyes of the recipient alone: whatever comes of it, the message leaves. */
  async #type(engine: Engine, { to, typeFor, content }: OutboxMessage): Promise<void> {
    if (typeFor === undefined) return;
    const state = content.type === "audio" ? "recording" : "composing";
    await engine.ask({ kind: "typing.show", chat: to, state }).catch(() => undefined);
    await this.#passage.pause(typeFor * 1_000);
  }

  async #park(message: OutboxMessage): Promise<void> {
    if (message.isParked) return;
    await this.#settlements.before(message);
    await this.#options.park(message);
    message.isParked = true;
  }

  /**
   * A store that does not answer is asked again: what is behind the message in its chat must not go before
   * it. False when the session ended first.
   */
  async #parkAtLast(message: OutboxMessage): Promise<boolean> {
    while (!this.#ending) {
      try {
        await this.#park(message);
        return true;
      } catch (error) {
        await this.#tryLater(error, message);
      }
    }
    return false;
  }

  /** Something has changed that messages wait for, or must wait for now: all are looked at again. */
  lookAgain(): void {
    this.#look += 1;
    this.pacer.reset();
    this.#passage.wake();
  }

  /** What was held under this name takes its place in the lines again. */
  letGo(until: string): void {
    for (const message of this.#held.take(until)) this.#goOn(message);
    const passed = this.#held.takePassed(until);
    if (passed !== undefined) this.#stored.readFrom(passed);
  }

  /** For a message whose command the queue has no more. */
  #goOn(message: OutboxMessage): void {
    this.send(message).catch((error: unknown) => this.#note(error, message));
  }
}
