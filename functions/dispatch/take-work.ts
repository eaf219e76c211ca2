import { accountNoticeSchema } from "#shared/contracts/account-event.ts";
import type { AccountNotice } from "#shared/contracts/account-event.ts";
import { eventBatchSchema } from "#shared/contracts/event.ts";
import type { EventBatch } from "#shared/contracts/event.ts";
import type { SQSRecord } from "aws-lambda";
import { z } from "zod";

/** What is done at once: of a session, everything that waited while earlier events were dispatched. */
export type Work = {
  body: EventBatch | AccountNotice;
  isFirstDelivery: boolean;
  /** How many records it takes. */
  count: number;
};

const bodySchema = z.discriminatedUnion("type", [eventBatchSchema, accountNoticeSchema]);

const mostEvents = 200;
/** Well within what an item of the log may hold. */
const mostBytes = 200 * 1024;

/**
 * Joins the first of a group's records with those behind it, for each costs a place in the log, a
 * write for each message and a message for each webhook. What has been tried before is left alone: if
 * one of them cannot be done, it alone cannot.
 *
 * @throws {Error} when the first record is nothing of ours
 */
export function takeWork(records: SQSRecord[]): Work {
  const [first] = records;
  if (!first) throw new RangeError("there is no record to take");
  const body = requireBody(first);
  const isFirstDelivery = isNew(first);
  if (!isFirstDelivery || !isPlain(body)) return { body, isFirstDelivery, count: 1 };
  const joined = { ...body, events: [...body.events] };
  let count = 1;
  let bytes = first.body.length;
  for (const record of records.slice(1)) {
    const next = isNew(record) ? findBody(record) : undefined;
    bytes += record.body.length;
    if (!next || !isPlain(next) || bytes > mostBytes) break;
    if (joined.events.length + next.events.length > mostEvents) break;
    joined.events.push(...next.events);
    count += 1;
  }
  return { body: joined, isFirstDelivery, count };
}

function isNew({ attributes }: SQSRecord): boolean {
  return Number(attributes.ApproximateReceiveCount) === 1;
}

function isPlain(body: EventBatch | AccountNotice): body is EventBatch {
  return body.type === "events.append.v1" && !body.replay;
}

function requireBody(record: SQSRecord): EventBatch | AccountNotice {
  const body = findBody(record);
  if (body) return body;
  const paths = parse(record).error?.issues.map((issue) => issue.path.join(".")) ?? ["events"];
  const { messageId } = record;
  throw new Error(`message ${messageId} is no batch of events: look at ${paths.join(", ")}`);
}

function findBody(record: SQSRecord): EventBatch | AccountNotice | undefined {
  const { data } = parse(record);
  return data && isWhole(data) ? data : undefined;
}

function parse({ body }: SQSRecord) {
  return bodySchema.safeParse(parseJson(body));
}

/** Whether all of a batch's events are of the session that it names. */
function isWhole(body: EventBatch | AccountNotice): boolean {
  if (body.type === "account.notice.v1") return true;
  const { sessionId, accountId } = body;
  return body.events.every(
    (event) => event.sessionId === sessionId && event.accountId === accountId,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
