import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import type { ApiKeyItem } from "#functions/store/api-keys.ts";
import type { Table } from "#functions/store/items.ts";
import { Fault } from "#shared/faults/fault.ts";

/** @throws {Fault} `not_found` when it is absent or not the caller's to see */
export async function requireKey(
  control: Table,
  caller: Caller,
  keyId: string,
): Promise<ApiKeyItem> {
  const bound = boundSession(caller);
  const key = await apiKeys.find(control, caller.accountId, keyId);
  if (key && (bound === undefined || key.sessionId === bound)) return key;
  throw new Fault("not_found");
}
