import * as items from "#functions/store/items.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import { toUpdate } from "#functions/store/to-update.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

/** One limit holds new chats back at a time: the last event says which, if any. */
export async function projectSessionLimit(
  { control }: DispatchDeps,
  { accountId, sessionId, data }: EventOf<"session.limit">,
): Promise<void> {
  await items.update(control, sessionKey(accountId, sessionId), {
    ...toUpdate({ limit: data.active ? data : null }),
    ConditionExpression: "attribute_exists(pk)",
  });
}
