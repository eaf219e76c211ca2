import { deflateSync, inflateSync } from "node:zlib";
import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { BatchState } from "#shared/contracts/batch.ts";
import { Fault } from "#shared/faults/fault.ts";
import { batchMessageIds, batchMintings, madeByBatch } from "#shared/batch-ids.ts";
import { batchBodyKey, batchKey, batchPrefix } from "#shared/items/batch-item.ts";
import type { BatchBodyItem, BatchItem, BatchRecipient } from "#shared/items/batch-item.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import * as items from "./items.ts";
import { toUpdate } from "./to-update.ts";
import type { Table } from "./items.ts";

const takenUpAfterMs = 60_000;

/** DynamoDB takes 400 KB an item. */
const mostBytes = 390 * 1024;

export type BatchBody = { content: BatchBodyItem["content"]; recipients: BatchRecipient[] };

/** What it says and to whom comes first: a batch that is there is whole. */
export async function create(messages: Table, batch: BatchItem, body: BatchBody): Promise<void> {
  await putBody(messages, batch, body);
  // A repetition finds the batch under way and leaves it so.
  await items.create(messages, batch);
}

export async function putBody(
  messages: Table,
  { accountId, batchId, expiresAt }: BatchItem,
  { content, recipients }: BatchBody,
): Promise<void> {
  const packed = deflateSync(JSON.stringify(recipients));
  if (packed.length + Buffer.byteLength(JSON.stringify(content)) > mostBytes) {
    const detail = "Its message and variables do not fit into one batch: make several of it.";
    throw new Fault("payload_too_large", { detail });
  }
  const key = batchBodyKey(accountId, batchId);
  const item: BatchBodyItem = { ...key, content, recipients: packed, expiresAt };
  await items.put(messages, item);
}

/** Nothing leads from a session to its batches: the account's are looked at. */
export async function* ofSession(
  messages: Table,
  { accountId, sessionId }: { accountId: string; sessionId: string },
): AsyncGenerator<BatchItem> {
  const all = items.query<BatchItem>(messages, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": accountId, ":prefix": batchPrefix },
  });
  for await (const batch of all) if (batch.sessionId === sessionId) yield batch;
}

export function find(
  messages: Table,
  accountId: string,
  batchId: string,
): Promise<BatchItem | undefined> {
  return items.find<BatchItem>(messages, batchKey(accountId, batchId));
}

/** Whether the caller may know of the batch. */
export function isVisible(caller: Caller, batch: BatchItem): boolean {
  const bound = boundSession(caller);
  return bound === undefined || bound === batch.sessionId;
}

/** @throws {Fault} `not_found` when it is absent or not the caller's to see */
export async function require(
  messages: Table,
  caller: Caller,
  batchId: string,
): Promise<BatchItem> {
  const batch = await find(messages, caller.accountId, batchId);
  if (batch && isVisible(caller, batch)) return batch;
  throw new Fault("not_found");
}

export async function findBody(
  messages: Table,
  { accountId, batchId }: BatchItem,
): Promise<BatchBody> {
  const item = await items.find<BatchBodyItem>(messages, batchBodyKey(accountId, batchId));
  if (!item) throw new Error(`the batch ${batchId} has lost what it says`);
  const recipients = JSON.parse(inflateSync(item.recipients).toString()) as BatchRecipient[];
  return { content: item.content, recipients };
}

/** Recipients up to `next` have their message; the last one's ends the making. */
export async function advance(messages: Table, batch: BatchItem, next: number): Promise<void> {
  const { pk, sk, total } = batch;
  const done = next >= total ? { dueIn: null, dueAt: null } : {};
  await items.update(
    messages,
    { pk, sk },
    {
      ...toUpdate({ next, ...done }),
      ConditionExpression: "attribute_exists(pk)",
    },
  );
}

/** When the clock takes a batch up: at its time, or should the work get lost on its way. */
export function dueAt({ sendAt }: Pick<BatchItem, "sendAt">, now: number): number {
  const time = sendAt === undefined ? 0 : Date.parse(sendAt);
  return time > now ? time : now + takenUpAfterMs;
}

/** False when it is cancelled already, which is for good. The clock leaves alone what does not run. */
export async function change(
  messages: Table,
  batch: BatchItem,
  state: BatchState,
): Promise<boolean> {
  if (state !== "running") return set(messages, batch, { state, dueIn: null, dueAt: null });
  const due = { dueIn: "due", dueAt: dueAt(batch, messages.now()) };
  const isToBeMade = await set(messages, batch, { state, ...due }, " AND #next < #total");
  return isToBeMade || set(messages, batch, { state });
}

function set(
  messages: Table,
  { pk, sk }: BatchItem,
  attributes: Partial<Record<keyof BatchItem, unknown>> & { state: BatchState },
  condition = "",
): Promise<boolean> {
  const change = toUpdate(attributes);
  const names = condition === "" ? {} : { "#next": "next", "#total": "total" };
  return items.update(
    messages,
    { pk, sk },
    {
      ...change,
      ConditionExpression: `attribute_exists(pk) AND (#state = :state OR #state <> :cancelled)${condition}`,
      ExpressionAttributeNames: { ...change.ExpressionAttributeNames, ...names },
      ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ":cancelled": "cancelled" },
    },
  );
}

/** The batch's messages that are there, by the number of their recipient. */
export async function findMessages(
  messages: Table,
  batch: BatchItem,
  recipients: BatchRecipient[],
): Promise<Map<number, MessageItem>> {
  const found = new Map<number, MessageItem>();
  let open = recipients.map((_, index) => index);
  for (let minting = 0; minting < batchMintings && open.length > 0; minting += 1) {
    const ids = batchMessageIds(batch, recipients, minting);
    const wanted = new Map(open.map((index) => [ids[index]?.messageId ?? "", index]));
    const keys = [...wanted.keys()].map((messageId) => messageKey(batch.sessionId, messageId));
    open = [];
    for (const item of await items.findMany<MessageItem>(messages, keys)) {
      const index = wanted.get(item.messageId) ?? -1;
      if (item.madeBy === madeByBatch(batch.batchId, index)) found.set(index, item);
      else open.push(index);
    }
  }
  return found;
}
