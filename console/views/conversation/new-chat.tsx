import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { texts } from "../../texts/texts.ts";

/** Begins with a phone; WhatsApp's own form of it is what messages are listed under. */
export function NewChat({ onOpen }: { onOpen: (chat: string) => void }) {
  const open = async ({ phone = "" }: Record<string, string>, form: HTMLFormElement) => {
    form.reset();
    onOpen(`${phone.replaceAll(/\D/g, "")}@s.whatsapp.net`);
  };
  return (
    <Form submit={texts.conversations.open} onSubmit={open}>
      <Field
        label={texts.conversations.newChat}
        hint={texts.session.test.toHint}
        name="phone"
        type="tel"
        required
        pattern="\+?[\d ]{10,20}"
      />
    </Form>
  );
}
