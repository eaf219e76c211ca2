import * as items from "#functions/store/items.ts";
import { contactOf } from "#shared/address.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { toUpdate } from "#functions/store/to-update.ts";
import { followCounts } from "./follow-counts.ts";
import { projectRecipients } from "./project-recipients.ts";
import { furthestOf, rankOf, timesOf, withTimes } from "./status-times.ts";
import type { StatusEvent } from "./status-times.ts";

/**
 * What a message has become by some of its statuses, in one write. In a group, one more for each
 * member of whom there is news and one for their counts: see there.
 * @param isAgain whether these events may have been worked on before
 */
export async function projectMessageStatuses(
  deps: DispatchDeps,
  events: StatusEvent[],
  isAgain: boolean,
): Promise<void> {
  const { ofAll = [], ofMembers = [] } = Object.groupBy(events, ({ data }) =>
    data.recipient ? "ofMembers" : "ofAll",
  );
  const furthest = furthestOf(ofAll);
  if (furthest) await projectOwnStatus(deps, furthest, ofAll);
  await projectRecipients(deps, ofMembers, isAgain);
  const sent = ofAll.find(({ data }) => data.status === "sent");
  if (sent) await deps.noteChat(sent, contactOf(sent.data.to));
}

async function projectOwnStatus(
  { messages }: DispatchDeps,
  furthest: StatusEvent,
  events: StatusEvent[],
): Promise<void> {
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
    }),
    timesOf(events),
  );
  const key = messageKey(furthest.sessionId, messageId);
  const ConditionExpression = "attribute_exists(pk) AND #rank < :rank";
  const update = { ...change, ConditionExpression };
  const message = await items.updateAndRead<MessageItem>(messages, key, update, "ALL_NEW");
  // Members may have been quicker than the server's word that it has the message.
  if (message?.deliveredTo) await followCounts(messages, key, message, furthest.at);
}
