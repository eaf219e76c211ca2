import { eraseMessage } from "#functions/erase-message.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as contacts from "#functions/store/contacts.ts";
import * as erasures from "#functions/store/erasures.ts";
import type { Table } from "#functions/store/items.ts";
import * as messageHistory from "#functions/store/message-history.ts";
import * as messages from "#functions/store/messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { eraseBody } from "#shared/contracts/erasure.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { erasureRoutes } from "#shared/routes/erasures.ts";
import pMap from "p-map";
import type { z } from "zod";
import type { MessageDeps } from "./message-deps.ts";

/** Messages that one request erases, at the most. */
const erasedAtMost = 500;

const concurrency = 16;

/**
 * A write unit a message; what is left of them elsewhere the clock erases. What is on its way to somebody
 * goes on its way.
 */
export const eraseMessages = implement(
  erasureRoutes.eraseMessages,
  async ({ caller, params, body }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const { sessionId } = session;
    const { found, more, addresses } = await findErased(deps.messages, sessionId, body);
    const messageIds = found.map(({ messageId }) => messageId);
    // Before they are gone: what is asked for again finds those that are left.
    if (addresses) await erasures.beginOfTraces(deps.messages, session, { messageIds, addresses });
    else if (messageIds.length > 0) {
      await erasures.beginOfTraces(deps.messages, session, { messageIds });
    }
    const erasing = { messages: deps.messages, removeFile: deps.media.remove };
    await pMap(found, (message) => eraseMessage(erasing, message), { concurrency });
    // What is known of the person leads to all addresses: as long as there is more, it is needed.
    if (addresses && !more) await contacts.forget(deps.messages, sessionId, addresses);
    return { status: 200, body: { erased: found.length, more } };
  },
);

async function findErased(
  table: Table,
  sessionId: string,
  { messageId, chat, contact }: z.infer<typeof eraseBody>,
): Promise<{ found: MessageItem[]; more: boolean; addresses?: string[] }> {
  if (messageId !== undefined) {
    const message = await messages.find(table, sessionId, messageId);
    if (!message) throw new Fault("not_found");
    return { found: [message], more: false };
  }
  const one = contact ?? chat ?? "";
  const { found, more } = await messageHistory.newestOf(table, sessionId, one, erasedAtMost);
  if (contact === undefined) return { found, more };
  return { found, more, addresses: await contacts.findAddresses(table, sessionId, contact) };
}
