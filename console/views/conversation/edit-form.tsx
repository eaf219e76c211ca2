import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Message } from "../../live/chats.ts";
import { wordsOf } from "../../live/message-text.ts";
import { Form } from "../../parts/form.tsx";
import { TextArea } from "../../parts/text-area.tsx";
import { texts } from "../../texts/texts.ts";

/** Other words for a text that was sent. */
export function EditForm({ message, onDone }: { message: Message; onDone: () => unknown }) {
  const { api } = useApi();
  const words = texts.conversations.actions;
  const edit = async ({ body = "" }: Record<string, string>) => {
    await requireData(
      api.PATCH("/v1/sessions/{sessionId}/messages/{messageId}", {
        params: { path: { sessionId: message.sessionId, messageId: message.id } },
        body: { text: { body } },
      }),
    );
    await onDone();
  };
  return (
    <Form submit={texts.save} onSubmit={edit}>
      <TextArea
        label={words.editText}
        hint={words.editHint}
        name="body"
        required
        defaultValue={wordsOf(message.content)}
      />
    </Form>
  );
}
