// What users send: the API's writes for a message, and what it promises of it.
import { toSendCommand } from "#functions/to-send-command.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { chatKeyOf, messageKey } from "#shared/items/message-item.ts";
import { mintMessageIds } from "#shared/message-id.ts";
import type { CommandSender } from "./command-sender.ts";
import { canSendSoon } from "./session.ts";
import type { Session } from "./session.ts";
import type { SimulatedDynamodb } from "./simulated-dynamodb.ts";
import type { World } from "./world.ts";

/** What a user may ask for; times are milliseconds since 1970. */
export type Wishes = { expiresAt?: number | undefined };

/** A message that the API has accepted. */
export type Accepted = Wishes & {
  session: Session;
  messageId: string;
  whatsappId: string;
  to: string;
};

export type Outgoing = {
  accepted: Accepted[];
  /** A message to one of the session's contacts, or later when there was one just now. */
  say(session: Session, wishes?: () => Wishes): void;
};

export function createOutgoing(
  world: World,
  dynamodb: SimulatedDynamodb,
  commands: CommandSender,
): Outgoing {
  const { random } = world;
  const accepted: Accepted[] = [];
  const lastSaid = new Map<Session, number>();

  function accept(session: Session, to: string, { expiresAt }: Wishes): void {
    const { sessionId, accountId } = session;
    const ids = mintMessageIds(sessionId, world.now(), accepted.length);
    accepted.push({ session, ...ids, to, expiresAt });
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
      createdAt: new Date(world.now()).toISOString(),
      expiresAt: Math.floor(world.now() / 1_000) + 30 * 86_400,
      ...(!canSendSoon(session) && { parkedIn: sessionId }),
      ...(expiresAt !== undefined && { sendBefore: expiresAt }),
    };
    dynamodb.put("messages", item);
    commands.send(session, toSendCommand(item), ids.messageId);
  }

  return {
    accepted,
    say(session, wishes = () => ({})) {
      const now = world.now();
      // Who asks after an answer does so a millisecond later at the earliest; of what is asked for
      // at the same time either may go first, which would leave no order to check.
      if (lastSaid.get(session) === now) {
        world.after(1, undefined, () => this.say(session, wishes));
        return;
      }
      lastSaid.set(session, now);
      accept(session, random.pick(session.contacts), wishes());
    },
  };
}
