import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import type { Message } from "../live/chats.ts";
import { messageText } from "../live/message-text.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Ticks } from "../parts/ticks.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

type ConversationProps = { sessionId: string; to: string; name: string; messages: Message[] };

/** One chat, oldest first, and a line to write into it. */
export function Conversation({ sessionId, to, name, messages }: ConversationProps) {
  const { api } = useApi();
  const queries = useQueryClient();
  const send = async ({ text = "" }: Record<string, string>, form: HTMLFormElement) => {
    await requireData(
      api.POST("/v1/sessions/{sessionId}/messages", {
        params: { path: { sessionId } },
        body: { to, type: "text", text: { body: text } },
      }),
    );
    form.reset();
    await queries.invalidateQueries({ queryKey: ["messages", sessionId] });
  };
  return (
    <section class="card thread" aria-labelledby="thread">
      <h2 id="thread">{name}</h2>
      <ol class="bubbles" aria-live="polite">
        {messages.toReversed().map((message) => (
          <li key={message.id} class={message.direction}>
            {messageText(message)}{" "}
            <span class="hint">
              <TimeOf at={message.createdAt} />{" "}
              {message.direction === "outbound" && <Ticks status={message.status} />}
            </span>
            {message.detail !== null && <p class="hint">{message.detail}</p>}
          </li>
        ))}
      </ol>
      <Form submit={texts.session.test.submit} onSubmit={send} isInline>
        <Field label={texts.conversations.write} name="text" required autocomplete="off" />
      </Form>
    </section>
  );
}
