import { simulator } from "../live/simulator.ts";
import { useContact, useContactMessages } from "../live/use-contact.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { texts } from "../texts/texts.ts";

/** The phone of someone whom the session writes to, simulated. */
export function ContactPhone({ owner }: { owner: string | null }) {
  const number = useContact();
  const { data: messages = [] } = useContactMessages(number);
  if (number === undefined) return null;
  const open = () => Promise.all(messages.map(({ id }) => simulator.read(number, id)));
  return (
    <aside class="card phone" aria-label={texts.simulator.contactTitle}>
      <h2>{texts.simulator.contactTitle}</h2>
      <p>{texts.simulator.contactAbout}</p>
      <p>
        {texts.simulator.contactName}, +{number}
      </p>
      {messages.length === 0 ? (
        <p class="hint">{texts.simulator.empty}</p>
      ) : (
        <>
          <ul class="bubbles">
            {messages.slice(-5).map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
          <ActionButton label={texts.simulator.open} onPress={open} />
        </>
      )}
      {owner !== null && (
        <Form
          submit={texts.simulator.reply}
          onSubmit={({ reply = "" }) => simulator.say(number, owner.replace("+", ""), reply)}
        >
          <Field
            label={texts.session.test.text}
            name="reply"
            required
            defaultValue={texts.simulator.replyText}
          />
        </Form>
      )}
    </aside>
  );
}
