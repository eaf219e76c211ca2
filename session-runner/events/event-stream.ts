// A session's events in order: each gets its cursor here and reaches the events queue after every
// one before it.
import type { EventDraft, WafleetEvent } from "#shared/contracts/event.ts";
import { formatCursor } from "#shared/cursor.ts";
import { derivedId } from "#shared/ids.ts";
import type { Journal } from "../journal/journal.ts";
import { reach } from "../points.ts";
import { currentTrace } from "./trace.ts";
import type { QueueSender } from "./queue-sender.ts";
import { createSpacing } from "./spacing.ts";

/** Events of one session that travel in one queue message; more do not wait for others to come. */
const batchLimit = 100;
/** Many long texts would not fit into one item of the log, nor into one message of the queue. */
const bytesLimit = 200 * 1024;

/**
 * A busy session's events leave no more often than this, and so share queue messages, Lambda
 * invocations and log items. The first after a quiet time leaves at once.
 */
const spacingMs = 100;

export type EventStream = {
  /**
   * An event that is not in the journal: it exists once the queue has it.
   * @throws when the owner ends before that
   */
  publish(draft: EventDraft): Promise<void>;
  /** An event that is staged with the step that made it, and published once that is durable. */
  journal(draft: EventDraft): void;
  /** Publishes what a former owner had journaled, and perhaps not published. */
  republish(): void;
  /** For the end: resolves when everything given so far is in the queue. Nothing lingers any more. */
  drained(): Promise<void>;
};

export type EventStreamOptions = {
  sessionId: string;
  accountId: string;
  journal: Journal;
  sender: QueueSender;
  /** Whether the tenant wants no webhook to get what happens now. */
  isSilent: () => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
};

type Pending = {
  event: WafleetEvent;
  bytes: number;
  /** Settles when the event may be published; undefined when it may at once. */
  durable: Promise<void> | undefined;
  ready: boolean;
  replay: boolean;
  trace: string | undefined;
  resolve: () => void;
  reject: (error: unknown) => void;
};

export function createEventStream(options: EventStreamOptions): EventStream {
  const { sessionId, accountId, journal, sender, isSilent, now } = options;
  const queue: Pending[] = [];
  const spacing = createSpacing(spacingMs);
  let seq = 0;
  let receivedAt = 0;
  let running: Promise<void> | undefined;

  /**
   * WhatsApp tells a message's second, the event's time says which came first in it: of several that
   * one step decrypts, each is a millisecond later than the one before.
   */
  function timeOf({ type }: EventDraft): number {
    if (type !== "message.received") return now();
    receivedAt = Math.max(now(), receivedAt + 1);
    return receivedAt;
  }

  function place(draft: EventDraft): WafleetEvent {
    seq += 1;
    const cursor = formatCursor({ epoch: journal.position.epoch, seq });
    const at = timeOf(draft);
    const id = derivedId("event", at, `${sessionId} ${cursor}`);
    const silent = isSilent() && ({ silent: true } as const);
    return {
      ...draft,
      id,
      cursor,
      sessionId,
      accountId,
      at: new Date(at).toISOString(),
      ...silent,
    };
  }

  function enqueue(event: WafleetEvent, journaled: boolean, replay: boolean): Promise<void> {
    const done = Promise.withResolvers<void>();
    const durable = journaled && !replay ? journal.whenSettled() : undefined;
    const pending: Pending = {
      event,
      bytes: Buffer.byteLength(JSON.stringify(event)),
      durable,
      ready: !durable,
      replay,
      trace: currentTrace(),
      ...done,
    };
    durable?.then(
      () => (pending.ready = true),
      () => undefined,
    );
    queue.push(pending);
    if (queue.length >= batchLimit) spacing.cut();
    running ??= run();
    return done.promise;
  }

  async function run(): Promise<void> {
    try {
      for (let head = queue[0]; head; head = queue[0]) await sendNext(head);
    } finally {
      // In the turn of its last look: what is given in between would wait for the next one to come.
      running = undefined;
    }
  }

  /** Sends the head and what may go with it; when it may never be published, all are given up. */
  async function sendNext(head: Pending): Promise<void> {
    try {
      await head.durable;
    } catch (error) {
      for (const pending of queue.splice(0)) pending.reject(error);
      return;
    }
    head.ready = true;
    const isFull = queue.length >= batchLimit;
    if (!head.replay && !isFull) await spacing.over();
    const batch = takeBatch(queue);
    const sent = send(batch);
    spacing.begin();
    await sent.then(
      () => batch.forEach(({ resolve }) => resolve()),
      (error: unknown) => batch.forEach(({ reject }) => reject(error)),
    );
  }

  async function send(batch: Pending[]): Promise<void> {
    const events = batch.map(({ event }) => event);
    const [first] = events;
    if (!first) return;
    const replay = batch[0]?.replay ?? false;
    reach("event.publish.before", { sessionId, events });
    await sender.send(
      { type: "events.append.v1", sessionId, accountId, events, ...(replay ? { replay } : {}) },
      `${sessionId}:${first.cursor}${replay ? `:${journal.position.epoch}` : ""}`,
      () => journal.over,
      batch.find(({ trace }) => trace !== undefined)?.trace,
    );
    reach("event.publish.after", { sessionId, events });
    const published = batch.findLast(
      ({ durable, replay: again }) => durable !== undefined || again,
    );
    if (published) journal.stage({ published: published.event.cursor }, { when: "next" });
  }

  return {
    publish: (draft) => enqueue(place(draft), false, false),
    journal(draft) {
      const event = place(draft);
      journal.stage({ events: [event] });
      // Nobody waits for it: it is in the journal, and published again if this owner dies.
      enqueue(event, true, false).catch(() => undefined);
    },
    republish() {
      for (const event of journal.fold.unpublished) {
        enqueue(event, true, true).catch(() => undefined);
      }
    },
    async drained() {
      spacing.end();
      await running;
    },
  };
}

/** The head and what may go with it: a replayed event travels alone. */
function takeBatch(queue: Pending[]): Pending[] {
  if (queue[0]?.replay) return queue.splice(0, 1);
  let bytes = 0;
  const count = queue.findIndex((pending, index) => {
    bytes += pending.bytes;
    if (index === 0) return false;
    return index === batchLimit || bytes > bytesLimit || !pending.ready || pending.replay;
  });
  return queue.splice(0, count === -1 ? queue.length : count);
}
