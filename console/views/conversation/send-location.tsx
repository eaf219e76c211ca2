import type { NewMessage } from "../../live/new-message.ts";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { SendLater, sendAtOf } from "../../parts/send-later.tsx";
import { texts } from "../../texts/texts.ts";

/** A place by its coordinates. */
export function SendLocation({ send }: { send: (message: NewMessage) => Promise<void> }) {
  const words = texts.conversations.location;
  const submit = async (fields: Record<string, string>) => {
    const { latitude, longitude, name = "", address = "" } = fields;
    const location = {
      latitude: Number(latitude),
      longitude: Number(longitude),
      ...(name !== "" && { name }),
      ...(address !== "" && { address }),
    };
    await send({ type: "location", location, ...sendAtOf(fields) });
  };
  const { optional } = texts.conversations;
  const number = { type: "number", step: "any", required: true } as const;
  return (
    <Form submit={texts.conversations.send} onSubmit={submit}>
      <Field label={words.latitude} name="latitude" {...number} min={-90} max={90} />
      <Field label={words.longitude} name="longitude" {...number} min={-180} max={180} />
      <Field label={words.name} hint={optional} name="name" maxLength={1_000} />
      <Field label={words.address} hint={optional} name="address" maxLength={1_000} />
      <SendLater />
    </Form>
  );
}
