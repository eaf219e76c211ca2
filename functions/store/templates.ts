import { Fault } from "#shared/faults/fault.ts";
import * as items from "./items.ts";
import { toUpdate } from "./to-update.ts";
import type { ItemKey, Table } from "./items.ts";

export type TemplateItem = ItemKey & {
  templateId: string;
  name: string;
  /** As a send takes it, but for whom it goes to. */
  message: Record<string, unknown>;
  /** ISO times. */
  createdAt: string;
  updatedAt: string;
};

export const templatePrefix = "tpl#";

export function accountPartition(accountId: string): string {
  return `acc#${accountId}`;
}

export function templateKey(accountId: string, templateId: string): ItemKey {
  return { pk: accountPartition(accountId), sk: `${templatePrefix}${templateId}` };
}

/** @throws {Fault} `not_found` */
export async function require(
  control: Table,
  accountId: string,
  templateId: string,
): Promise<TemplateItem> {
  const template = await items.find<TemplateItem>(control, templateKey(accountId, templateId));
  if (template) return template;
  throw new Fault("not_found", { detail: "There is no such template in your account." });
}

/** A repeated request makes the same template again. */
export async function put(control: Table, template: TemplateItem): Promise<void> {
  await items.put(control, template);
}

/** False when it is gone. */
export function change(
  control: Table,
  { pk, sk }: ItemKey,
  attributes: Partial<Pick<TemplateItem, "name" | "message" | "updatedAt">>,
): Promise<boolean> {
  return items.update(
    control,
    { pk, sk },
    { ...toUpdate(attributes), ConditionExpression: "attribute_exists(pk)" },
  );
}

export function remove(control: Table, { pk, sk }: ItemKey): Promise<void> {
  return items.remove(control, { pk, sk });
}
