import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Message } from "../../live/chats.ts";
import { useChats } from "../../live/use-chats.ts";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { Select } from "../../parts/select.tsx";
import { texts } from "../../texts/texts.ts";

/** The same message to another chat. */
export function ForwardForm({ message, onDone }: { message: Message; onDone: () => void }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const { chats = [] } = useChats(message.sessionId);
  const words = texts.conversations.actions;
  const forward = async ({ chat = "", phone = "" }: Record<string, string>) => {
    await requireData(
      api.POST("/v1/sessions/{sessionId}/messages/{messageId}/forward", {
        params: { path: { sessionId: message.sessionId, messageId: message.id } },
        body: { to: phone === "" ? chat : phone.replaceAll(" ", "") },
      }),
    );
    await queries.invalidateQueries({ queryKey: ["messages", message.sessionId] });
    onDone();
  };
  return (
    <Form submit={words.forward} onSubmit={forward}>
      <Select
        label={words.forwardTo}
        name="chat"
        options={chats.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Field
        label={words.forwardPhone}
        hint={texts.session.test.toHint}
        name="phone"
        type="tel"
        pattern="\+?[\d ]{10,20}"
      />
    </Form>
  );
}
