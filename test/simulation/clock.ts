// The clock's part: it hands over what is scheduled, near its time. The rest is the real thing.
import * as scheduledMessages from "#functions/store/scheduled-messages.ts";
import { toSendCommand } from "#functions/to-send-command.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { CommandSender } from "./command-sender.ts";
import type { Accepted } from "./accepted.ts";
import { canSendSoon } from "./session.ts";
import type { SimulatedDynamodb } from "./simulated-dynamodb.ts";
import type { World } from "./world.ts";

export type Clock = {
  /** Hands a message over when it is due, or is soon. */
  watch(message: Accepted): void;
  /** Its user cancels it: the first to write wins, the user or the worker. */
  cancel(message: Accepted): void;
};

/** Looks so often, at most: a minute is long beside a run. */
const turnMs = 15_000;

/** What is due within it is handed over before its time. */
const aheadMs = 60_000;

/** One turn in so many ends between its two writes for a message. */
const cutShort = 0.1;

export function startClock(
  world: World,
  dynamodb: SimulatedDynamodb,
  commands: CommandSender,
): Clock {
  const { random, now } = world;
  const table = { client: dynamodb.client(1), name: "messages", now };
  let watched: Accepted[] = [];

  function itemOf({ session, messageId }: Accepted): MessageItem {
    return dynamodb.find("messages", messageKey(session.sessionId, messageId)) as MessageItem;
  }

  function handOver(message: Accepted): void {
    const item = itemOf(message);
    const { dueIn, dueAt = 0, messageId } = item;
    if (dueIn !== "due") return;
    const isDue = dueAt <= now();
    const canSend = canSendSoon(message.session);
    if (dueAt > now() + aheadMs || (!isDue && !canSend)) return void watched.push(message);
    commands.send(message.session, toSendCommand(item), messageId);
    if (random.chance(cutShort)) return void watched.push(message);
    world.after(random.next() * 300, undefined, () => {
      void scheduledMessages.takeUp(table, item, { waits: !canSend });
    });
  }

  function turn(): void {
    const due = watched.toSorted((a, b) => scheduledMessages.byTime(itemOf(a), itemOf(b)));
    watched = [];
    for (const message of due) handOver(message);
    world.after(random.next() * turnMs, undefined, turn);
  }
  turn();

  return {
    watch: (message) => void watched.push(message),
    cancel(message) {
      void scheduledMessages.cancel(table, itemOf(message)).then((hasWon) => {
        const outcome = hasWon ? "cancelled" : "too late to be cancelled";
        world.note(`user: ${message.whatsappId} is ${outcome}`);
        if (hasWon) message.isCancelled = true;
      });
    },
  };
}
