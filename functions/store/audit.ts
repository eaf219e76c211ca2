import type { AuditEntry } from "#shared/contracts/audit.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type AuditItem = ItemKey & AuditEntry & { accountId: string; expiresAt: number };

export const auditPrefix = "aud_";

export function auditPartition(accountId: string): string {
  return `acc#${accountId}`;
}

export async function append(
  audit: Table,
  { accountId, entry, expiresAt }: { accountId: string; entry: AuditEntry; expiresAt: number },
): Promise<void> {
  const key = { pk: auditPartition(accountId), sk: entry.id };
  const item: AuditItem = { ...key, accountId, ...entry, expiresAt };
  await items.create(audit, item);
}
