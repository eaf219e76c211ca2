import type { NewMessage } from "../../live/new-message.ts";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { SendLater, sendAtOf } from "../../parts/send-later.tsx";
import { texts } from "../../texts/texts.ts";

/** Somebody's card. */
export function SendContact({ send }: { send: (message: NewMessage) => Promise<void> }) {
  const words = texts.conversations.contact;
  const { optional } = texts.conversations;
  const submit = async (fields: Record<string, string>) => {
    const { name = "", phone = "", organization = "", email = "" } = fields;
    const card = {
      name,
      phone: phone.replaceAll(" ", ""),
      ...(organization !== "" && { organization }),
      ...(email !== "" && { email }),
    };
    await send({ type: "contact", contact: { contacts: [card] }, ...sendAtOf(fields) });
  };
  return (
    <Form submit={texts.conversations.send} onSubmit={submit}>
      <Field label={words.name} name="name" required maxLength={200} />
      <Field
        label={words.phone}
        hint={texts.session.test.toHint}
        name="phone"
        type="tel"
        required
        pattern="\+?[\d ]{10,20}"
      />
      <Field label={words.organization} hint={optional} name="organization" maxLength={200} />
      <Field label={words.email} hint={optional} name="email" type="email" maxLength={254} />
      <SendLater />
    </Form>
  );
}
