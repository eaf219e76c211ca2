import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Message } from "../../live/chats.ts";
import { messageText, wordsOf } from "../../live/message-text.ts";
import { sayAgain } from "../../live/new-message.ts";
import type { NewMessage } from "../../live/new-message.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { texts } from "../../texts/texts.ts";
import { EditForm } from "./edit-form.tsx";
import { ForwardForm } from "./forward-form.tsx";
import { MessageDetails } from "./message-details.tsx";
import { ReactionForm } from "./reaction-form.tsx";

type MessageDialogProps = {
  message: Message;
  /** Shows a message as it is now. */
  shown: (messageId: string) => Promise<unknown>;
  send: (message: NewMessage) => Promise<void>;
  onReply: (message: Message) => void;
  onClose: () => void;
};

/** What can be done with one message, and what became of it. */
export function MessageDialog({ message, shown, send, onReply, onClose }: MessageDialogProps) {
  const { api } = useApi();
  const [shownForm, show] = useState<"forward" | "edit">();
  const { id: messageId, sessionId, direction, status, content, deletedAt, sendAt } = message;
  const params = { path: { sessionId, messageId } };
  const words = texts.conversations.actions;
  const isOurs = direction === "outbound";
  const isThere = deletedAt === null && !["queued", "failed", "unknown"].includes(status);
  const isScheduled = status === "queued" && sendAt !== null;
  const again = isOurs && status === "failed" ? sayAgain(message) : undefined;
  const text = wordsOf(content);
  const close = async (work: Promise<unknown>) => {
    await work;
    await shown(messageId);
    onClose();
  };
  const cancel = () =>
    close(
      requireData(api.POST("/v1/sessions/{sessionId}/messages/{messageId}/cancel", { params })),
    );
  const remove = () =>
    close(requireData(api.DELETE("/v1/sessions/{sessionId}/messages/{messageId}", { params })));
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p class="hint clipped">{messageText(message)}</p>
      {message.reason !== null && (
        <p class="problem">{texts.conversations.failed[message.reason]}</p>
      )}
      {isThere && <ReactionForm message={message} onDone={onClose} />}
      {shownForm === undefined && (
        <div class="actions">
          {again && (
            <ActionButton
              label={words.again}
              kind="primary"
              onPress={() => send(again).then(onClose)}
            />
          )}
          {isThere && (
            <button type="button" onClick={() => onReply(message)}>
              {words.reply}
            </button>
          )}
          {isThere && sayAgain(message) && (
            <button type="button" onClick={() => show("forward")}>
              {words.forward}
            </button>
          )}
          {isThere && isOurs && content.type === "text" && (
            <button type="button" onClick={() => show("edit")}>
              {words.edit}
            </button>
          )}
          {text !== "" && <CopyButton text={text} />}
          {isScheduled && (
            <ActionButton
              label={texts.conversations.cancelScheduled}
              kind="danger"
              onPress={cancel}
            />
          )}
          {isThere && isOurs && (
            <ActionButton
              label={words.remove}
              confirm={words.removeConfirm}
              kind="danger"
              onPress={remove}
            />
          )}
        </div>
      )}
      {shownForm === "forward" && <ForwardForm message={message} onDone={onClose} />}
      {shownForm === "edit" && (
        <EditForm message={message} onDone={() => close(Promise.resolve())} />
      )}
      <MessageDetails message={message} />
      <div class="actions">
        <button type="button" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}
