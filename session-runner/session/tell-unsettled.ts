import { messageIdOf } from "#shared/message-id.ts";
import type { Estate } from "./estate.ts";
import { sizeUp } from "./size-up.ts";
import { notAcknowledged } from "./told-fate.ts";
import { toOutboxMessage } from "./waiting-messages.ts";

/**
 * Before the journal is erased, and with it the notes of what is on the wire: of messages that a former
 * owner may have sent, and which the queue has not handed out again yet, this is the last that can be told.
 */
export async function tellUnsettled({ deps, ids, stream, wireNotes }: Estate): Promise<void> {
  for (const whatsappId of wireNotes.unsettled()) {
    const messageId = messageIdOf(ids.sessionId, whatsappId);
    const item = messageId && (await deps.messages.findQueued(ids.sessionId, messageId));
    const message = item && toOutboxMessage(item);
    if (message) {
      const { to, content } = message;
      const data = { messageId, whatsappId, to, ...notAcknowledged, ...sizeUp(content) };
      await stream.publish({ type: "message.status", data });
    }
    wireNotes.told({ whatsappId });
  }
}
