import { Field } from "./field.tsx";
import { texts } from "../texts/texts.ts";

/** A time to send at, for a form; {@link sendAtOf} reads it. */
export function SendLater() {
  const words = texts.conversations;
  return (
    <details class="later">
      <summary>{words.later}</summary>
      <Field
        label={words.laterAt}
        hint={words.laterHint}
        name="sendAt"
        type="datetime-local"
        min={localMinute(new Date())}
      />
    </details>
  );
}

/** The time of a form that has a {@link SendLater}, as the API takes it. */
export function sendAtOf({ sendAt = "" }: Record<string, string>): { sendAt?: string } {
  return sendAt === "" ? {} : { sendAt: new Date(sendAt).toISOString() };
}

function localMinute(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
