import { listPage } from "#functions/api/list-page.ts";
import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as templates from "#functions/store/templates.ts";
import type { TemplateItem } from "#functions/store/templates.ts";
import type { templateSchema } from "#shared/contracts/template.ts";
import { Fault } from "#shared/faults/fault.ts";
import { derivedId } from "#shared/ids.ts";
import { templateRoutes } from "#shared/routes/templates.ts";
import { variablesIn } from "#shared/template-text.ts";
import type { z } from "zod";
import type { MessageDeps } from "./message-deps.ts";
import { requireStorable } from "./require-storable.ts";

export const createTemplate = implement(
  templateRoutes.createTemplate,
  async ({ caller, body, attempt }, { control }: MessageDeps) => {
    requireWholeAccount(caller);
    const templateId = derivedId("template", attempt.startedAt, attempt.seed);
    const createdAt = new Date(attempt.startedAt).toISOString();
    requireStorable(body.message);
    const key = templates.templateKey(caller.accountId, templateId);
    const item = { ...key, templateId, ...body, createdAt, updatedAt: createdAt };
    await templates.put(control, item);
    return { status: 201, body: toTemplate(item) };
  },
);

export const listTemplates = implement(
  templateRoutes.listTemplates,
  async ({ caller, query }, { control }: MessageDeps) => {
    const partition = templates.accountPartition(caller.accountId);
    const listing = { partition, prefix: templates.templatePrefix };
    const { page, nextCursor } = await listPage<TemplateItem>(control, listing, query);
    return { status: 200, body: { data: page.map(toTemplate), nextCursor } };
  },
);

export const getTemplate = implement(
  templateRoutes.getTemplate,
  async ({ caller, params }, { control }: MessageDeps) => {
    const item = await templates.require(control, caller.accountId, params.templateId);
    return { status: 200, body: toTemplate(item) };
  },
);

export const updateTemplate = implement(
  templateRoutes.updateTemplate,
  async ({ caller, params, body }, { control, now }: MessageDeps) => {
    const item = await templates.require(control, caller.accountId, params.templateId);
    requireWholeAccount(caller);
    const { name = item.name, message = item.message } = body;
    requireStorable(message);
    const changed = { name, message, updatedAt: new Date(now()).toISOString() };
    if (!(await templates.change(control, item, changed))) throw new Fault("not_found");
    return { status: 200, body: toTemplate({ ...item, ...changed }) };
  },
);

export const deleteTemplate = implement(
  templateRoutes.deleteTemplate,
  async ({ caller, params }, { control }: MessageDeps) => {
    const item = await templates.require(control, caller.accountId, params.templateId);
    requireWholeAccount(caller);
    await templates.remove(control, item);
    return { status: 204, body: undefined };
  },
);

/** A template serves every session of the account. */
function requireWholeAccount(caller: Caller): void {
  if (boundSession(caller) === undefined) return;
  throw new Fault("forbidden", {
    detail: "A key that is bound to a session uses templates; it makes and changes none.",
  });
}

function toTemplate(item: TemplateItem): z.infer<typeof templateSchema> {
  const { templateId: id, name, message, createdAt, updatedAt } = item;
  return { id, name, message, variables: variablesIn(message), createdAt, updatedAt };
}
