// What users send: the API's writes for a message, and what it promises of it.
import { inQueueUntil } from "#functions/store/offline-messages.ts";
import { toSendCommand } from "#functions/to-send-command.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { chatKeyOf, messageKey } from "#shared/items/message-item.ts";
import { mintMessageIds } from "#shared/message-id.ts";
import type { Accepted, Wishes } from "./accepted.ts";
import type { Clock } from "./clock.ts";
import type { CommandSender } from "./command-sender.ts";
import { canSendSoon } from "./session.ts";
import type { Session } from "./session.ts";
import type { SimulatedDynamodb } from "./simulated-dynamodb.ts";
import type { World } from "./world.ts";

export type Outgoing = {
  accepted: Accepted[];
  /** A message to one of the session's contacts, or later when there was one just now. */
  say(session: Session, wishes?: () => Wishes): void;
  /** A batch's messages, accepted as one. */
  sayAll(session: Session, count: number, wishes: Wishes): void;
};

export function createOutgoing(
  world: World,
  dynamodb: SimulatedDynamodb,
  commands: CommandSender,
  clock: Clock,
): Outgoing {
  const { random } = world;
  const accepted: Accepted[] = [];
  const lastSaid = new Map<Session, number>();

  function accept(session: Session, at: number, wishes: Wishes): void {
    const { expiresAt, sendAt, batchId } = wishes;
    const { sessionId, accountId, shard } = session;
    lastSaid.set(session, at);
    const to = random.pick(session.contacts);
    const ids = mintMessageIds(sessionId, at, accepted.length);
    const waits = sendAt === undefined && !canSendSoon(session);
    if (waits) world.note(`user: ${ids.messageId} waits for its session`);
    const message: Accepted = { session, ...ids, to, ...wishes, isCancelled: false };
    accepted.push(message);
    const item: MessageItem = {
      ...messageKey(sessionId, ids.messageId),
      ...ids,
      accountId,
      requestId: commands.base(session).requestId,
      direction: "outbound",
      chat: to,
      chatKey: chatKeyOf(sessionId, to),
      content: { type: "text", text: { body: ids.messageId } },
      status: "queued",
      rank: 0,
      createdAt: new Date(at).toISOString(),
      expiresAt: Math.floor(at / 1_000) + 30 * 86_400,
      ...(expiresAt !== undefined && { sendBefore: expiresAt }),
      ...(batchId !== undefined && { batchId }),
      ...(sendAt !== undefined && { sendAt, shard, dueIn: "due", dueAt: sendAt }),
      ...(waits && inQueueUntil(at)),
    };
    dynamodb.put("messages", item);
    if (sendAt === undefined) commands.send(session, toSendCommand(item), ids.messageId);
    else clock.watch(message);
  }

  return {
    accepted,
    say(session, wishes = () => ({})) {
      const now = world.now();
      // Who asks after an answer does so a millisecond later at the earliest; of what is asked for
      // at the same time either may go first, which would leave no order to check.
      const free = (lastSaid.get(session) ?? 0) + 1;
      if (free > now) world.after(free - now, undefined, () => this.say(session, wishes));
      else accept(session, now, wishes());
    },
    sayAll(session, count, wishes) {
      const start = Math.max(world.now(), (lastSaid.get(session) ?? 0) + 1);
      // As the ids of a batch's messages rise.
      for (let index = 0; index < count; index += 1) accept(session, start + index, wishes);
    },
  };
}
