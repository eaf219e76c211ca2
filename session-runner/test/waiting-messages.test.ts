import { expect, test } from "vitest";
import type { MessageItem } from "#shared/items/message-item.ts";
import { Outbox } from "../session/outbox.ts";
import { listWaiting } from "../session/waiting-messages.ts";
import type { Engine } from "../whatsapp/engine.ts";
import { calmOutbox } from "./calm-outbox.ts";

const waiting = (messageId: string) =>
  ({
    messageId,
    whatsappId: `3EB0${messageId}`,
    chat: "4915550002@s.whatsapp.net",
    status: "queued",
    content: { type: "text", text: { body: messageId } },
  }) as unknown as MessageItem;

test("what the index shows is sent only if it still waits by what is stored", async () => {
  const sent: string[] = [];
  const outbox = new Outbox({
    ...calmOutbox,
    list: (from) =>
      listWaiting(
        {
          async *listParked() {
            yield* ["told", "waits"].map(waiting);
          },
          async *listParkedFrom() {},
        },
        "ses_1",
        from,
      ),
    isQueued: async ({ messageId }) => messageId === "waits",
    settle: async ({ messageId }) => void sent.push(messageId),
  });
  outbox.open({ send: async () => ({ result: "acknowledged" }) } as unknown as Engine);
  await outbox.takeWaiting();
  await expect.poll(() => sent).toEqual(["waits"]);
});
