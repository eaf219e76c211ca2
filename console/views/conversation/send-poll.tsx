import type { NewMessage } from "../../live/new-message.ts";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { SendLater, sendAtOf } from "../../parts/send-later.tsx";
import { TextArea } from "../../parts/text-area.tsx";
import { texts } from "../../texts/texts.ts";

/** A question with answers to choose from. */
export function SendPoll({ send }: { send: (message: NewMessage) => Promise<void> }) {
  const words = texts.conversations.poll;
  const submit = async (fields: Record<string, string>) => {
    const { question = "", options: lines = "", several } = fields;
    const options = lines
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const maxAnswers = several === undefined ? 1 : options.length;
    await send({ type: "poll", poll: { question, options, maxAnswers }, ...sendAtOf(fields) });
  };
  return (
    <Form submit={texts.conversations.send} onSubmit={submit}>
      <Field label={words.question} name="question" required maxLength={255} />
      <TextArea label={words.options} hint={words.optionsHint} name="options" required rows={4} />
      <label class="check">
        <input type="checkbox" name="several" />
        {words.several}
      </label>
      <SendLater />
    </Form>
  );
}
