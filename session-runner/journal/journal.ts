// The one writer of a session's keys. Changes are staged in memory at once (reads see them) and
// appended in groups, one append in flight; whoever must not act before they are durable waits for
// `settled`.
import { setImmediate as nextTurn } from "node:timers/promises";
import { reach } from "../points.ts";
import { isEmptyChange } from "./change.ts";
import type { Change } from "./change.ts";
import { seal } from "./entry-codec.ts";
import type { EntryKind, EntryStore } from "./entry-store.ts";
import { FencedError } from "./errors.ts";
import { toChange } from "./fold.ts";
import type { Fold } from "./fold.ts";
import type { Trust } from "./trust.ts";
import type { StoredChange } from "./key-patch.ts";
import { StagedChange } from "./staged-change.ts";

/** Lazy changes (device lists, mappings) that nothing else carried are appended after this. */
const lazyDelayMs = 1_000;

/**
 * Characters of an entry: an item holds 400 KB, and the keys of a first message to two thousand
 * devices are more.
 */
const entryLimit = 200_000;

/** Entries outlive any device that WhatsApp still accepts (it unlinks after 14 to 30 silent days). */
export const entryLifeSeconds = 90 * 86_400;

export type Tail = {
  bytes: number;
  entries: number;
  /** When its first entry was written, in seconds since 1970. */
  since: number | undefined;
};

export function emptyTail(): Tail {
  return { bytes: 0, entries: 0, since: undefined };
}

export type JournalPosition = { seq: number; epoch: number };

export type JournalOptions = {
  sessionId: string;
  fold: Fold;
  position: JournalPosition;
  dataKey: Uint8Array;
  entries: EntryStore;
  trust: Trust;
  /** Milliseconds since 1970. */
  now: () => number;
};

export class Journal {
  fold: Fold;
  position: JournalPosition;
  /** What was appended since the last snapshot, for whoever decides on the next one. */
  tail: Tail = emptyTail();
  /** Its state is, or is about to be, deleted for good: nothing may store it again. */
  erased = false;
  #options: JournalOptions;
  #staged = new StagedChange();
  /** What is being appended, in the order of its entries. */
  #inFlight: StagedChange[] = [];
  #stagedCount = 0;
  #durableCount = 0;
  #urgentCount = 0;
  #waiters: { upTo: number; resolve: () => void; reject: (error: Error) => void }[] = [];
  /** Called once what is staged now is on its way. */
  #onTaken: (() => void)[] = [];
  #pumping = false;
  #lazyTimer: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  /** The append under way, and those that wait for it. */
  #appending: Promise<unknown> = Promise.resolve();
  #closed = false;
  #holds = 0;
  #release: () => void = () => {};
  #onFenced: () => void = () => {};
  #onAppended: () => void = () => {};

  constructor(options: JournalOptions) {
    this.#options = options;
    this.fold = options.fold;
    this.position = options.position;
  }

  /** Called once, at the moment when another owner's append is noticed. */
  onFenced(listener: () => void): void {
    this.#onFenced = listener;
  }

  onAppended(listener: () => void): void {
    this.#onAppended = listener;
  }

  /** The state at `position`, on which later entries build. */
  durableState(): Change {
    const upToLast = this.#staged.without(toChange(this.fold));
    return this.#inFlight.reduce((state, part) => part.without(state), upToLast);
  }

  get dataKey(): Uint8Array {
    return this.#options.dataKey;
  }

  get fenced(): boolean {
    return this.#failure instanceof FencedError;
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * Takes a change into the state at once and schedules its append: `now`; `soon`, within a second
   * unless another append carries it earlier; or `next`, only along with another one. The last two
   * are for what a crash may lose.
   */
  stage(change: Change, options: { when?: "now" | "soon" | "next" } = {}): void {
    if (this.#failure || isEmptyChange(change)) return;
    this.#staged.add(this.fold, change);
    this.#stagedCount += 1;
    if (options.when === "next") return;
    if (options.when === "soon") {
      this.#lazyTimer ??= setTimeout(() => this.#pump(), lazyDelayMs).unref();
      return;
    }
    this.#urgentCount = this.#stagedCount;
    this.#pump();
  }

  /** Whatever `work` stages becomes durable in one append, or not at all. */
  async together<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#holds += 1;
    try {
      return await work();
    } finally {
      this.#holds -= 1;
      if (this.#holds === 0) this.#release();
    }
  }

  /** True when another owner has the session, or this one is done with it. */
  get over(): boolean {
    return this.#closed || this.fenced;
  }

  /**
   * True when nothing that is staged urgently still waits for its append, and this process has not
   * slept through its own replacement.
   */
  get settled(): boolean {
    return this.#isDurable && this.#options.trust.awake;
  }

  /** About how many characters are staged for the next append. */
  get stagedWeight(): number {
    return this.#staged.weight;
  }

  /** Resolves when the next append begins: what is staged later is not in it. */
  whenTaken(): Promise<void> {
    return new Promise((resolve) => this.#onTaken.push(resolve));
  }

  /**
   * Resolves when everything staged before this call is durable.
   * @throws {FencedError} when another owner took the session
   */
  async whenSettled(): Promise<void> {
    await this.#whenDurable();
    await this.#options.trust.whenAwake();
    if (this.#failure) throw this.#failure;
  }

  get #isDurable(): boolean {
    return !this.#failure && this.#durableCount >= this.#urgentCount;
  }

  async #whenDurable(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#isDurable) return;
    const upTo = this.#urgentCount;
    await new Promise<void>((resolve, reject) => this.#waiters.push({ upTo, resolve, reject }));
  }

  /** Appends what is staged, lazy or not. */
  async flush(): Promise<void> {
    this.#urgentCount = this.#stagedCount;
    if (!this.#isDurable) this.#pump();
    await this.whenSettled();
  }

  /** Appends one entry of a kind of its own, after everything that is staged. */
  async appendMark(kind: EntryKind, change: Change = {}): Promise<void> {
    await this.flush();
    if (kind === "erase") this.erased = true;
    await this.#inTurn(async () => {
      await this.#append(kind, change);
      if (kind === "erase") this.#fail(new Error("the journal is erased"));
    });
  }

  /**
   * Looks whether this is still the owner.
   * @throws {FencedError} when another worker has claimed the session
   */
  async confirm(): Promise<void> {
    if (this.#failure) throw this.#failure;
    const { sessionId, entries } = this.#options;
    const rows = await entries.readAfter(sessionId, this.position.seq);
    if (!rows.some(({ epoch }) => epoch > this.position.epoch)) return;
    this.#fail(new FencedError("another worker has taken this session over"));
    throw this.#failure ?? new FencedError();
  }

  /** Ends timers and refuses whatever comes later. Staged changes are dropped. */
  close(): void {
    clearTimeout(this.#lazyTimer);
    this.#closed = true;
    this.#fail(new Error("the journal is closed"));
  }

  #pump(): void {
    clearTimeout(this.#lazyTimer);
    this.#lazyTimer = undefined;
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#appendStaged()
      .catch((error: unknown) =>
        this.#fail(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => {
        this.#pumping = false;
        // What was staged in the instant between the last append and here.
        if (!this.#failure && this.#durableCount < this.#urgentCount) this.#pump();
      });
  }

  async #appendStaged(): Promise<void> {
    while (!this.#failure && !this.#staged.empty) {
      // One turn of the event loop gathers the steps of one message to all its devices.
      await nextTurn();
      while (this.#holds > 0) await new Promise<void>((resolve) => (this.#release = resolve));
      const staged = this.#staged;
      const upTo = this.#stagedCount;
      const parts = staged.weight > entryLimit ? staged.split(entryLimit) : [staged];
      this.#inFlight = [...parts];
      this.#staged = new StagedChange();
      for (const taken of this.#onTaken.splice(0)) taken();
      for (const part of parts) {
        await this.#inTurn(() => this.#append("commit", part.change, part.toStored()));
      }
      this.#durableCount = upTo;
      const ready = this.#waiters.filter((waiter) => waiter.upTo <= upTo);
      this.#waiters = this.#waiters.filter((waiter) => waiter.upTo > upTo);
      for (const waiter of ready) waiter.resolve();
    }
  }

  async #inTurn(append: () => Promise<void>): Promise<void> {
    const mine = this.#appending.then(append);
    this.#appending = mine.catch(() => undefined);
    await mine;
  }

  async #append(kind: EntryKind, change: Change, stored: StoredChange = change): Promise<void> {
    if (this.#failure) throw this.#failure;
    const { sessionId, dataKey, entries, now } = this.#options;
    const seq = this.position.seq + 1;
    const { epoch } = this.position;
    const data = seal(stored, dataKey, entryContext(sessionId, seq));
    const writtenAt = Math.floor(now() / 1_000);
    const details = { sessionId, keys: change.keys, received: change.received };
    reach("append.before", details);
    const row = { sessionId, seq, epoch, kind, data, writtenAt };
    const outcome = await entries.append({ ...row, expiresAt: writtenAt + entryLifeSeconds });
    if (outcome === "refused") {
      this.#fail(new FencedError("another worker has taken this session over"));
      throw this.#failure ?? new FencedError();
    }
    this.position = { seq, epoch };
    if (kind === "commit") this.#inFlight.shift();
    this.tail.bytes += data.length;
    this.tail.entries += 1;
    this.tail.since ??= writtenAt;
    reach("append.after", details);
    this.#onAppended();
  }

  #fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(error);
    if (error instanceof FencedError) this.#onFenced();
  }
}

export function entryContext(sessionId: string, seq: number): string {
  return `entry ${sessionId} ${seq}`;
}
