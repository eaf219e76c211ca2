// Messages on their way out. Each chat is a line of its own, in order of acceptance; a recipient
// who is slow to reach holds up nobody else.
import type { MessageReason } from "#shared/contracts/message-status.ts";
import type { Engine } from "../whatsapp/engine.ts";
import type { SendOutcome } from "../whatsapp/send-outcome.ts";
import { Backlog } from "./backlog.ts";
import { Departure } from "./departure.ts";
import type { DepartureStore } from "./departure.ts";
import { HeldMessages } from "./held-messages.ts";
import { longWaitMs, Newcomers } from "./newcomers.ts";
import type { Ending, Fate, FinalStatus, OutboxMessage, Verdict } from "./outbox-message.ts";
import { Pacer } from "./pacer.ts";
import { Passage } from "./passage.ts";
import { SecondLook } from "./second-look.ts";
import { atOnce, Settlements } from "./settlements.ts";
import type { Delivered } from "./settlements.ts";
import { fateBy, fateOfUnsent, notAcknowledged } from "./told-fate.ts";

export type OutboxOptions = DepartureStore & {
  /** Publishes the status; resolves when it cannot be lost. */
  settle(message: OutboxMessage, final: FinalStatus): Promise<void>;
  park(message: OutboxMessage): Promise<void>;
  /** What is stored as waiting, in the order of acceptance: all of it, or from a message on. */
  list(from: string | undefined): AsyncIterable<OutboxMessage>;
  /** Hears of a waiting message that could not be settled, or of all when they cannot be read. */
  onTrouble(error: unknown, messageId?: string): void;
  judge(message: OutboxMessage): Promise<Verdict>;
  /** Whether its fate was told of late, by this owner or one before it. */
  isTold(message: OutboxMessage): boolean;
  /** Whether its fate is not told yet, by what is stored. */
  isQueued(message: OutboxMessage): Promise<boolean>;
  /** In the instant before it leaves; false when it has to be judged again. */
  claim(message: OutboxMessage): boolean;
  /** Whether this owner or one before it has, or may have, sent it. */
  mayHaveLeft(message: OutboxMessage): boolean;
  /** What WhatsApp made of it. */
  onOutcome(message: OutboxMessage, outcome: SendOutcome): void;
  random: () => number;
  now: () => number;
};

/** Times that an unanswered message is sent, always under the same id. */
const sendLimit = 3;

/** Messages of a session in memory: beyond it they wait as items, so that no other session has to. */
const lineLimit = { open: 500, closed: 100 };

/** After a failure of the store. */
const tryAgainMs = 1_000;

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
  #backlog: Backlog<OutboxMessage>;
  #hasAsked = false;
  #secondLook: SecondLook<OutboxMessage>;
  #refilling: Promise<void> | undefined;
  #passage = new Passage();
  #ending: Ending | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.pacer = new Pacer(options.now, options.random);
    this.#settlements = new Settlements((message, final) => options.settle(message, final));
    this.#backlog = new Backlog({
      park: (message) => this.#parkAtLast(message),
      list: (from) => options.list(from),
    });
    this.#secondLook = new SecondLook({
      list: () => options.list(undefined),
      isKnown: (message) => this.#isKnown(message),
      onMissed: ({ messageId }) => {
        this.#backlog.readFrom(messageId);
        this.#refill();
      },
      onTrouble: (error) => options.onTrouble(error),
    });
  }

  /**
   * Sends a message behind those that waited for this session: they were accepted before it. What
   * waits for long is kept by its item rather than by the queue, which is paid for holding it and
   * hands out so many at a time only, whoever they are for.
   * @param isOften whether the queue has handed it out again and again, and may soon give it up
   */
  async sendNew(message: OutboxMessage, isOften = false): Promise<Fate> {
    if (!isOften) await this.#newcomers.admitted();
    if (!this.#ending && (isOften || this.#mustBeStored())) {
      // Should this worker die, what is stored is sent before what the queue hands out again.
      const after = () => this.#newcomers.letGo(message.to);
      if (!(await this.#backlog.store(message, after))) return this.send(message);
      this.#refill();
      return "parked";
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
    return !this.#backlog.isEmpty || size >= limit || this.pacer.waitMs(size) >= longWaitMs;
  }

  /**
   * Puts what waited for this session into its lines, as much as there is room for. What former
   * owners have left is asked for once, and once more a little later: what is stored from then on is
   * stored here, and known.
   */
  async takeWaiting(): Promise<void> {
    while (this.#refilling) await this.#refilling.catch(() => undefined);
    if (this.#ending) return;
    if (!this.#hasAsked) {
      this.#backlog.readAll();
      this.#secondLook.begin();
    }
    this.#hasAsked = true;
    if (this.#backlog.hasUnread) await this.#takeStored();
  }

  /** Goes on with what waits as items. */
  #refill(): void {
    if (this.#refilling || this.#ending || !this.#newcomers.areLetIn) return;
    if (!this.#backlog.hasUnread || this.#underWay.size >= lineLimit.closed) return;
    this.#takeStored().catch((error: unknown) => {
      this.#options.onTrouble(error);
      setTimeout(() => this.#refill(), tryAgainMs).unref();
    });
  }

  #takeStored(): Promise<void> {
    const taking = this.#take(() => !this.#ending && this.#underWay.size < lineLimit.closed);
    this.#refilling = taking.finally(() => (this.#refilling = undefined));
    // What was stored in the last moment found it busy.
    return this.#refilling.then(() => this.#refill());
  }

  async #take(goesOn: () => boolean | Promise<boolean>): Promise<void> {
    while (await goesOn()) {
      const message = await this.#backlog.next();
      if (!message) return;
      const { messageId } = message;
      if (this.#underWay.has(messageId) || this.#held.has(messageId)) continue;
      this.#goOn(message);
    }
  }

  #isKnown(message: OutboxMessage): boolean {
    const { messageId } = message;
    if (this.#underWay.has(messageId) || this.#held.has(messageId)) return true;
    return this.#settlements.find(messageId) !== undefined || this.#options.isTold(message);
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
    this.#refill();
    this.#passage.wake();
  }

  /** The connection is gone; it is expected back. */
  pause(): void {
    this.#passage.close();
  }

  /** The session ends. What has not left ends as `ending` says. */
  async end(ending: Ending): Promise<void> {
    this.#secondLook.stop();
    this.#passage.shut();
    this.#ending = ending;
    // What cannot be settled now stays stored as waiting.
    for (const message of this.#held.takeAll()) this.send(message).catch(() => undefined);
    this.#passage.wake();
    await this.#newcomers.letIn();
    await this.#refilling?.catch(() => undefined);
    if (ending === "fail") await this.#endStored();
    await Promise.allSettled(this.#lines.values());
    await this.#settlements.finished();
  }

  /** What waits as items ends like everything else, so many at a time. */
  async #endStored(): Promise<void> {
    this.#backlog.readAll();
    await this.#take(async () => {
      if (this.#underWay.size >= lineLimit.closed) await Promise.allSettled(this.#lines.values());
      return true;
    });
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
        this.#refill();
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
      if (!engine) return this.#finish(message);
      const look = this.#look;
      const elsewhere = await this.#goneElsewhere(message).catch((error) =>
        this.#tryLater(error, message),
      );
      if (elsewhere === "later") continue;
      if (elsewhere) return elsewhere;
      await this.#passage.pause(this.pacer.reserve());
      const isOff = () =>
        this.#passage.engine !== engine || this.#look !== look || this.#isLate(message);
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

  /** What becomes of a message that is not to be sent now. */
  async #goneElsewhere(message: OutboxMessage): Promise<Delivered | undefined> {
    if (await this.#isTold(message)) return atOnce("done");
    if (this.#isLate(message)) {
      const detail = "The message expired before it could be sent.";
      return this.#drop(message, "expired", detail);
    }
    return this.#heldBack(message);
  }

  #isLate({ expiresAt }: OutboxMessage): boolean {
    return expiresAt !== undefined && this.#options.now() > expiresAt;
  }

  /** Whether a message came again, from the queue or the store, although its fate is told. */
  async #isTold(message: OutboxMessage): Promise<boolean> {
    if (this.#options.isTold(message)) return true;
    if (message.isAgain && !(await this.#options.isQueued(message))) return true;
    message.isAgain = false;
    return false;
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

  /** It is not sent, or not again. */
  #drop(message: OutboxMessage, reason: MessageReason, detail: string): Delivered {
    const mayHaveLeft = message.mayHaveLeft || this.#options.mayHaveLeft(message);
    return this.#settlements.settle(message, fateOfUnsent(mayHaveLeft, reason, detail));
  }

  /** What waits for something else must not hold up its chat: it is stored, and leaves the line. */
  async #heldBack(message: OutboxMessage): Promise<Delivered | undefined> {
    const verdict = await this.#options.judge(message);
    if ("cancelled" in verdict) {
      return this.#drop(message, "cancelled", "It was cancelled before it was sent.");
    }
    if (verdict.go) return undefined;
    await this.#park(message);
    // Let go while it was being stored, it may leave.
    const now = await this.#options.judge(message);
    if ("cancelled" in now || now.go) return this.#heldBack(message);
    this.#held.add(now.until, message);
    return atOnce("parked");
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
    if (passed === undefined) return;
    this.#backlog.readFrom(passed);
    this.#refill();
  }

  /** For a message whose command the queue has no more. */
  #goOn(message: OutboxMessage): void {
    this.send(message).catch((error: unknown) => this.#note(error, message));
  }

  async #finish(message: OutboxMessage): Promise<Delivered> {
    if (this.#ending === "return") return atOnce("return");
    if (this.#ending === "park") {
      await this.#park(message);
      return atOnce("parked");
    }
    if (await this.#isTold(message)) return atOnce("done");
    const detail = "The session was ended before the message could be sent.";
    return this.#drop(message, "session_ended", detail);
  }
}
