import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Message } from "../../live/chats.ts";
import { useNames } from "../../live/use-chats.ts";
import { fallbackName } from "../../live/contact-names.ts";
import { messageText } from "../../live/message-text.ts";
import { usePages } from "../../live/use-pages.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { PageList } from "../../parts/page-list.tsx";
import { TimeOf } from "../../parts/time-of.tsx";
import { texts } from "../../texts/texts.ts";
import { ScheduledBatches } from "./scheduled-batches.tsx";

/** What has been accepted and has not left yet, the next to leave first. */
export function Scheduled({ sessionId }: { sessionId: string }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const names = useNames(sessionId);
  const path = { sessionId };
  const pages = usePages(
    ["messages", sessionId, "queued"],
    (query) =>
      requireData(
        api.GET("/v1/sessions/{sessionId}/messages", {
          params: { path, query: { ...query, status: "queued" } },
        }),
      ),
    100,
  );
  const words = texts.schedule;
  const cancel = async ({ id: messageId }: Message) => {
    const params = { path: { sessionId, messageId } };
    await requireData(api.POST("/v1/sessions/{sessionId}/messages/{messageId}/cancel", { params }));
    await Promise.all([
      queries.invalidateQueries({ queryKey: ["messages", sessionId] }),
      queries.invalidateQueries({ queryKey: ["threads", sessionId] }),
    ]);
  };
  const items = pages.items?.toSorted((a, b) => ((a.sendAt ?? "") < (b.sendAt ?? "") ? -1 : 1));
  return (
    <>
      <h2>{words.title}</h2>
      <p class="hint">{words.about}</p>
      {items?.length === 0 && !pages.hasMore ? (
        <Empty title={words.none} about={words.noneAbout} />
      ) : (
        <PageList
          pages={{ ...pages, items }}
          none={words.none}
          columns={Object.values(words.columns)}
          row={(message) => ({
            key: message.id,
            cells: [
              message.sendAt === null ? words.asSoon : <TimeOf at={message.sendAt} />,
              names.at(message.chat) ?? fallbackName(message.chat),
              messageText(message),
              message.sendAt === null ? (
                ""
              ) : (
                <ActionButton
                  label={words.cancel}
                  kind="danger"
                  confirm={words.cancelConfirm}
                  onPress={() => cancel(message)}
                />
              ),
            ],
          })}
        />
      )}
      <ScheduledBatches sessionId={sessionId} />
    </>
  );
}
