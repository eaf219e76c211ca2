import { useRef } from "preact/hooks";
import type { Message } from "../../live/chats.ts";
import type { Contact, Names } from "../../live/contact-names.ts";
import { messageText } from "../../live/message-text.ts";
import type { NewMessage } from "../../live/new-message.ts";
import { Form } from "../../parts/form.tsx";
import { SendLater, sendAtOf } from "../../parts/send-later.tsx";
import { texts } from "../../texts/texts.ts";
import { Attach } from "./attach.tsx";
import { Mention } from "./mention.tsx";
import type { Mentioned } from "./mention.tsx";

type ComposerProps = {
  /** Of the group; nobody in a chat with one person. */
  members: readonly Contact[];
  names: Names;
  replyTo: Message | undefined;
  onNoReply: () => void;
  send: (message: NewMessage) => Promise<void>;
};

/** A line to write into a chat, and what else can be sent there. */
export function Composer({ members, names, replyTo, onNoReply, send }: ComposerProps) {
  const mentioned = useRef<readonly Mentioned[]>([]);
  const line = useRef<HTMLTextAreaElement>(null);
  const words = texts.conversations;
  const sendAnswer = async (message: NewMessage) => {
    const isAnswer = replyTo !== undefined && message.type !== "template";
    await send(isAnswer ? { ...message, replyTo: replyTo.id } : message);
    onNoReply();
  };
  const submit = async (fields: Record<string, string>, form: HTMLFormElement) => {
    const { text: body = "" } = fields;
    const mentions = mentioned.current
      .filter(({ digits }) => body.includes(`@${digits}`))
      .map(({ address }) => address);
    await sendAnswer({
      type: "text",
      text: { body },
      ...(mentions.length > 0 && { mentions }),
      ...sendAtOf(fields),
    });
    // Not what was written meanwhile.
    if (line.current?.value === body) {
      form.reset();
      mentioned.current = [];
    }
    // Who has gone on to something else meanwhile stays there.
    if (form.contains(document.activeElement)) line.current?.focus();
  };
  const mention = (member: Mentioned) => {
    const element = line.current;
    if (!element) return;
    element.setRangeText(`@${member.digits} `, element.selectionStart, element.selectionEnd, "end");
    mentioned.current = [...mentioned.current, member];
    element.focus();
  };
  return (
    <div class="composer">
      {replyTo && (
        <div class="replying">
          <p class="clipped">{words.replyingTo(messageText(replyTo))}</p>
          <button type="button" onClick={onNoReply} aria-label={words.noReply}>
            <span aria-hidden="true">✕</span>
          </button>
        </div>
      )}
      <Form submit={words.send} onSubmit={submit} isInline>
        <textarea
          ref={line}
          class="line"
          name="text"
          rows={1}
          required
          aria-label={words.write}
          placeholder={words.write}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
        <SendLater />
      </Form>
      <div class="beside">
        <Attach send={sendAnswer} />
        {members.length > 0 && <Mention members={members} names={names} onMention={mention} />}
      </div>
    </div>
  );
}
