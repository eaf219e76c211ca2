import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Message } from "../../live/chats.ts";
import { useSession } from "../../live/use-session.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { texts } from "../../texts/texts.ts";

const usual = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/** One emoji at a message, or none any more. */
export function ReactionForm({ message, onDone }: { message: Message; onDone: () => void }) {
  const { api } = useApi();
  const { data } = useSession(message.sessionId);
  const words = texts.conversations.actions;
  const own = data?.status.phone;
  const hasOwn = message.reactions.some(({ from }) => from.phone !== null && from.phone === own);
  const react = async (emoji: string) => {
    await requireData(
      api.POST("/v1/sessions/{sessionId}/messages/{messageId}/reaction", {
        params: { path: { sessionId: message.sessionId, messageId: message.id } },
        body: { emoji },
      }),
    );
    onDone();
  };
  return (
    <fieldset>
      <legend>{words.react}</legend>
      <div class="actions emojis">
        {usual.map((emoji) => (
          <ActionButton key={emoji} label={emoji} onPress={() => react(emoji)} />
        ))}
        {hasOwn && <ActionButton label={words.takeBack} onPress={() => react("")} />}
      </div>
      <Form submit={words.react} onSubmit={({ emoji = "" }) => react(emoji.trim())} isInline>
        <Field label={words.otherEmoji} name="emoji" required maxLength={16} autocomplete="off" />
      </Form>
    </fieldset>
  );
}
