import { nameOf } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as batches from "#functions/store/batches.ts";
import { expiryAt } from "#functions/store/expiry.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as templates from "#functions/store/templates.ts";
import { requireAddress } from "#shared/address.ts";
import type { createBatchBody } from "#shared/contracts/batch.ts";
import { sendMessageBody } from "#shared/contracts/message.ts";
import type { SendMessageBody } from "#shared/contracts/message.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { BadField } from "#shared/faults/fault.ts";
import { badFields } from "#shared/faults/problem.ts";
import { derivedId } from "#shared/ids.ts";
import { batchKey } from "#shared/items/batch-item.ts";
import type { BatchItem, BatchRecipient } from "#shared/items/batch-item.ts";
import { batchRoutes } from "#shared/routes/batches.ts";
import { fillIn, variablesIn } from "#shared/template-text.ts";
import type { z } from "zod";
import type { MessageDeps } from "./message-deps.ts";
import { badVariables, requireVariables } from "./require-variables.ts";
import { requireSendable } from "./require-sendable.ts";
import { resolveContent } from "./resolve-content.ts";
import { dayMs, toSendTimes } from "./send-times.ts";
import { toBatch } from "./to-batch.ts";

type Body = z.infer<typeof createBatchBody>;

/** Bad recipients that one answer names. */
const namedAtMost = 20;

/**
 * Stored whole in two items and one queue request, whatever its size; its messages are made after the
 * answer, by the batches Lambda.
 */
export const createBatch = implement(
  batchRoutes.createBatch,
  async ({ caller, params, body, attempt, requestId }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const { sendAt, sendBefore } = toSendTimes(body, attempt.startedAt);
    requireSendable(session, body);
    const message = await messageOf(deps, caller.accountId, body);
    requireFit(message, body.recipients);
    const recipients = body.recipients.map(({ to, variables = {} }): BatchRecipient => [
      requireAddress(to).jid,
      variables,
    ]);
    const content = await resolveContent(deps, session, message as SendMessageBody, {
      recipients: recipients.map(([to]) => to),
      attempt,
    });
    const batchId = derivedId("batch", attempt.startedAt, attempt.seed);
    const { accountId, sessionId, shard } = session;
    const days = sessions.retentionDays(session, deps.retentionDays);
    const scheduled = sendAt !== undefined && { sendAt: new Date(sendAt).toISOString() };
    const batch: BatchItem = {
      ...batchKey(accountId, batchId),
      accountId,
      batchId,
      sessionId,
      shard,
      state: "running",
      total: body.recipients.length,
      next: 0,
      by: nameOf(caller),
      requestId,
      createdAt: new Date(attempt.startedAt).toISOString(),
      ...scheduled,
      ...(sendBefore !== undefined && { sendBefore }),
      ...(body.typeFor !== undefined && { typeFor: body.typeFor }),
      dueIn: "due",
      dueAt: batches.dueAt({ ...scheduled }, attempt.startedAt),
      expiresAt: expiryAt((sendAt ?? attempt.startedAt) + days * dayMs),
    };
    await batches.create(deps.messages, batch, { content, recipients });
    if (sendAt === undefined) await deps.sendBatchWork({ accountId, batchId }, batchId);
    return { status: 202, body: toBatch(batch) };
  },
);

async function messageOf(
  { control }: MessageDeps,
  accountId: string,
  { message }: Body,
): Promise<Record<string, unknown>> {
  if (message.type !== "template") return message;
  const { templateId } = (message as { template: { templateId: string } }).template;
  return (await templates.require(control, accountId, templateId)).message;
}

/** @throws {Fault} naming the recipients for whom the message cannot be made */
function requireFit(message: Record<string, unknown>, recipients: Body["recipients"]): void {
  const wanted = variablesIn(message);
  const bad: BadField[] = [];
  const unfit: BadField[] = [];
  for (const [index, { to, variables = {} }] of recipients.entries()) {
    const found = badVariables(`recipients.${index}.variables`, wanted, variables);
    bad.push(...found);
    if (found.length > 0) continue;
    const result = sendMessageBody.safeParse({ ...fillIn(message, variables), to });
    for (const field of result.success ? [] : badFields(result.error)) {
      unfit.push({ path: `recipients.${index}`, message: `${field.path}: ${field.message}` });
    }
  }
  requireVariables(bad.slice(0, namedAtMost));
  if (unfit.length > 0) {
    throw new Fault("validation_failed", { fields: unfit.slice(0, namedAtMost) });
  }
}
