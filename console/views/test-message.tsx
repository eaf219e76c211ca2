import { useQueryClient } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { useContact } from "../live/use-contact.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Ticks } from "../parts/ticks.tsx";
import { texts } from "../texts/texts.ts";

type TestMessageProps = {
  sessionId: string;
  messages: Answer<"listMessages">["data"];
};

const shown = 5;

/** Sends a text, and shows how far the latest ones have come. */
export function TestMessage({ sessionId, messages }: TestMessageProps) {
  const { api, places } = useApi();
  const queries = useQueryClient();
  const contact = useContact();
  const send = async ({ to = "", text = "" }: Record<string, string>) => {
    await requireData(
      api.POST("/v1/sessions/{sessionId}/messages", {
        params: { path: { sessionId } },
        body: { to, type: "text", text: { body: text } },
      }),
    );
    await queries.invalidateQueries({ queryKey: ["messages", sessionId] });
  };
  const { test } = texts.session;
  if (places.hasSimulator && contact === undefined) return null;
  return (
    <section class="card" aria-labelledby="test-message">
      <h2 id="test-message">{test.title}</h2>
      <Form submit={test.submit} onSubmit={send}>
        <Field
          label={test.to}
          hint={test.toHint}
          name="to"
          type="tel"
          required
          {...(contact !== undefined && { defaultValue: `+${contact}` })}
        />
        <Field label={test.text} name="text" required defaultValue={test.example} />
      </Form>
      <h3>{test.sent}</h3>
      {messages.length === 0 ? (
        <p class="hint">{test.none}</p>
      ) : (
        <ul class="bubbles">
          {messages.slice(0, shown).map(({ id, direction, content, status, detail }) => (
            <li key={id} class={direction}>
              {content.type === "text" ? content.text.body : content.type}{" "}
              {direction === "outbound" && <Ticks status={status} />}
              {detail !== null && <span class="hint">{detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
