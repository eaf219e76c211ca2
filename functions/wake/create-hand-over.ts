import { canSendSoon } from "#functions/api/messages/require-sendable.ts";
import type { CommandQueues } from "#functions/send-command.ts";
import { sendCommands } from "#functions/send-commands.ts";
import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import * as scheduledMessages from "#functions/store/scheduled-messages.ts";
import type { DueMessage } from "#functions/store/scheduled-messages.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { toSendCommand } from "#functions/to-send-command.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import pMap from "p-map";

export type HandOverDeps = { control: Table; messages: Table; commands: CommandQueues };

/** Gives those that come too early, in their order: they are for a later turn. */
export type HandOver = (due: readonly DueMessage[], isOver: () => boolean) => Promise<DueMessage[]>;

/**
 * Messages of a shard that one turn hands over before their time. They wait among the 1,000 commands
 * that a worker takes of a shard at once, and must leave room for everybody else's.
 */
const aheadAtMost = 250;

/** Read, queued and marked together. */
const chunkSize = 500;

const concurrency = 16;

/**
 * Hands scheduled messages over to the workers of their sessions: those that are due, and some of those
 * that will be soon. What a session cannot send now nobody holds for it before its time.
 */
export function createHandOver({ control, messages, commands }: HandOverDeps): HandOver {
  /** By session, looked up once: with one that opens meanwhile a later message would go first. */
  const canSend = new Map<string, boolean>();

  async function lookUpSessions(of: MessageItem[]): Promise<void> {
    const unknown = new Map<string, ItemKey>();
    for (const { pk: sessionId, accountId } of of) {
      if (!canSend.has(sessionId)) unknown.set(sessionId, sessionKey(accountId, sessionId));
    }
    const sessions = await items.findMany<SessionItem>(control, [...unknown.values()]);
    for (const sessionId of unknown.keys()) canSend.set(sessionId, false);
    for (const session of sessions) canSend.set(session.sessionId, canSendSoon(session));
  }

  /** Queued first, then marked as taken up: cut short in between, it is queued again under its id. */
  async function queue(shard: number, some: MessageItem[]): Promise<void> {
    await sendCommands(
      commands,
      shard,
      some.map((item) => ({ command: toSendCommand(item), once: item.messageId })),
    );
    await pMap(
      some,
      (item) => scheduledMessages.takeUp(messages, item, { waits: !canSend.get(item.pk) }),
      { concurrency },
    );
  }

  /** Those that are to be sent still: what has its fate only leaves the index, and is not queued again. */
  async function findWaiting(asked: DueMessage[]): Promise<MessageItem[]> {
    const found = await scheduledMessages.findWaiting(messages, asked);
    const { waiting = [], over = [] } = Object.groupBy(found, ({ status }) =>
      status === "queued" ? "waiting" : "over",
    );
    await pMap(over, (item) => scheduledMessages.takeUp(messages, item, { waits: false }), {
      concurrency,
    });
    return waiting;
  }

  /** One shard's trouble is not another one's. */
  async function queueAll(taken: MessageItem[]): Promise<void> {
    const byShard = Object.groupBy(taken, ({ shard = 0 }) => shard);
    const all = Object.entries(byShard).map(([shard, some = []]) => queue(Number(shard), some));
    for (const one of await Promise.allSettled(all)) {
      if (one.status === "rejected") throw one.reason;
    }
  }

  return async (due, isOver) => {
    const now = messages.now();
    const ahead = new Map<number, number>();
    const isEarly = ({ dueAt = 0, shard = 0 }: { dueAt?: number; shard?: number }) =>
      dueAt > now && (ahead.get(shard) ?? 0) >= aheadAtMost;
    const early: DueMessage[] = [];
    for (let start = 0; start < due.length; start += chunkSize) {
      if (isOver()) return [...early, ...due.slice(start)];
      const some = due.slice(start, start + chunkSize);
      // Not read only to be put off once more.
      const isPutOff = (one: DueMessage) => one.shard !== undefined && isEarly(one);
      early.push(...some.filter(isPutOff));
      const asked = some.filter((one) => !isPutOff(one));
      const waiting = await findWaiting(asked);
      await lookUpSessions(waiting);
      const taken: MessageItem[] = [];
      for (const item of waiting) {
        const { pk, sk, dueAt = 0, shard = 0 } = item;
        const isDue = dueAt <= now;
        if (!isDue && !canSend.get(pk)) continue;
        if (isEarly(item)) {
          early.push({ pk, sk, dueAt, shard });
          continue;
        }
        if (!isDue) ahead.set(shard, (ahead.get(shard) ?? 0) + 1);
        taken.push(item);
      }
      await queueAll(taken);
    }
    return early;
  };
}
