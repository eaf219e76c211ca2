import * as items from "#functions/store/items.ts";
import { contactOf } from "#shared/address.ts";
import { timeOfId } from "#shared/ids.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { toUpdate } from "#functions/store/to-update.ts";
import { followCounts } from "./follow-counts.ts";
import { projectRecipients } from "./project-recipients.ts";
import { furthestOf, rankOf, timesOf, withTimes } from "./status-times.ts";
import type { StatusEvent } from "./status-times.ts";

const dayMs = 24 * 3_600_000;

/**
 * What a message has become by some of its statuses, in one write. In a group, one more for each
 * member of whom there is news and one for their counts: see there. Gives whether the message was erased.
 * @param isAgain whether these events may have been worked on before
 */
export async function projectMessageStatuses(
  deps: DispatchDeps,
  events: StatusEvent[],
  isAgain: boolean,
): Promise<boolean> {
  const [first] = events;
  if (!first) return false;
  const { ofAll = [], ofMembers = [] } = Object.groupBy(events, ({ data }) =>
    data.recipient ? "ofMembers" : "ofAll",
  );
  const furthest = furthestOf(ofAll);
  const isThere = !furthest || (await projectOwnStatus(deps, furthest, ofAll));
  const areThere = await projectRecipients(deps, ofMembers, isAgain);
  if (!(isThere && areThere) && (await wasKept(deps, first))) return true;
  const sent = ofAll.find(({ data }) => data.status === "sent");
  if (sent) await deps.noteChat(sent, contactOf(sent.data.to));
  return false;
}

/** One that is absent, but would be kept still by its age, was erased. */
async function wasKept(
  { messages, retentionOf }: DispatchDeps,
  { accountId, sessionId, data }: StatusEvent,
): Promise<boolean> {
  const keptMs = (await retentionOf(accountId, sessionId)) * dayMs;
  return messages.now() - timeOfId(data.messageId) < keptMs;
}

/** False when there is no such message. */
async function projectOwnStatus(
  { messages }: DispatchDeps,
  furthest: StatusEvent,
  events: StatusEvent[],
): Promise<boolean> {
  const { messageId, status, reason, detail } = furthest.data;
  const recipientCount = events.find(({ data }) => data.recipients !== undefined)?.data.recipients;
  const change = withTimes(
    toUpdate({
      status,
      rank: rankOf(furthest),
      ...(recipientCount !== undefined && { recipientCount }),
      reason,
      detail,
      parkedIn: null,
      dueIn: null,
      dueAt: null,
    }),
    timesOf(events),
  );
  const key = messageKey(furthest.sessionId, messageId);
  const ConditionExpression = "attribute_exists(pk) AND #rank < :rank";
  const update = { ...change, ConditionExpression };
  const message = await items.updateIfThere<MessageItem>(messages, key, update);
  if (typeof message === "string") return message !== "absent";
  // Members may have been quicker than the server's word that it has the message.
  if (message.deliveredTo) await followCounts(messages, key, message, furthest.at);
  return true;
}
