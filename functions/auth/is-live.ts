import * as apiKeys from "#functions/store/api-keys.ts";
import type { Table } from "#functions/store/items.ts";
import * as users from "#functions/store/users.ts";
import type { Caller } from "./caller.ts";

/** Whether the credential that a connection was opened with is still good. One read unit. */
export async function isLive(control: Table, caller: Caller): Promise<boolean> {
  const { accountId } = caller;
  if (caller.kind === "key") {
    const key = await apiKeys.find(control, accountId, caller.keyId);
    return key !== undefined && apiKeys.isGood(key, control.now());
  }
  const user = await users.find(control, accountId, caller.userId);
  return user !== undefined && users.isSignedIn(user, caller.loginId, control.now());
}
