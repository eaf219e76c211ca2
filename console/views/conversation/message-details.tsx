import { useQuery } from "@tanstack/preact-query";
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Message } from "../../live/chats.ts";
import { TimeOf } from "../../parts/time-of.tsx";
import { texts } from "../../texts/texts.ts";

/** When what became of a message; in a group, how many have it. */
export function MessageDetails({ message }: { message: Message }) {
  const { api } = useApi();
  const [isOpen, open] = useState(false);
  const isToGroup = message.direction === "outbound" && message.chat.endsWith("@g.us");
  const { data: recipients } = useQuery({
    queryKey: ["messages", message.sessionId, "recipients", message.id],
    enabled: isOpen && isToGroup,
    queryFn: () =>
      requireData(
        api.GET("/v1/sessions/{sessionId}/messages/{messageId}/recipients", {
          params: { path: { sessionId: message.sessionId, messageId: message.id } },
        }),
      ),
  });
  const words = texts.conversations.actions;
  const times = Object.entries(words.times) as [keyof typeof words.times, string][];
  return (
    <details onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{words.details}</summary>
      <dl>
        {times.map(([name, label]) => {
          const at = message[name];
          return (
            at !== null && (
              <Fragment key={name}>
                <dt>{label}</dt>
                <dd>
                  <TimeOf at={at} />
                </dd>
              </Fragment>
            )
          );
        })}
        {recipients && (
          <>
            <dt>{words.inGroup}</dt>
            <dd>{words.recipients(recipients.counts)}</dd>
          </>
        )}
        <dt>{words.id}</dt>
        <dd>
          <code>{message.id}</code>
        </dd>
      </dl>
    </details>
  );
}
