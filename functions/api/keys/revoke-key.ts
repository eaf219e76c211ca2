import { closeSockets } from "#functions/close-sockets.ts";
import type { SocketCloser } from "#functions/close-sockets.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import type { ApiKeyItem } from "#functions/store/api-keys.ts";
import { Fault } from "#shared/faults/fault.ts";

/**
 * The secrets stop working first; a try that ends half-way can be completed by another.
 * @throws {Fault} `change_in_progress` when the key is being rotated
 */
export async function revokeKey(deps: SocketCloser, key: ApiKeyItem): Promise<void> {
  const { control } = deps;
  if (!(await apiKeys.markRevoked(control, key))) {
    throw new Fault("change_in_progress", { headers: { "retry-after": "1" } });
  }
  for (const { hash } of [key, ...(key.formers ?? [])]) await apiKeys.removeLookup(control, hash);
  await closeSockets(
    deps,
    key.accountId,
    (holder) => holder.kind === "key" && holder.keyId === key.keyId,
  );
  await apiKeys.remove(control, key);
}
