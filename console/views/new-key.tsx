import { useState } from "preact/hooks";
import { scopes } from "#client/generated/scopes.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { useSessions } from "../live/use-sessions.ts";
import { CheckList, checkedOf } from "../parts/check-list.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";

const words = texts.keys;
const dayMs = 24 * 3_600_000;
const lives = { never: undefined, month: 30, quarter: 90, year: 365 } as const;

type Life = keyof typeof lives | "own";

/** A key that may do what is checked, for as long as is chosen. */
export function NewKey({ onMade }: { onMade: (key: string) => Promise<unknown> }) {
  const { api } = useApi();
  const { data: sessions = [] } = useSessions();
  const [life, setLife] = useState<string>("never");
  const create = async (fields: Record<string, string>, form: HTMLFormElement) => {
    const { name = "", sessionId = "", until = "" } = fields;
    const expiresAt = endOf(life as Life, until);
    const body = {
      name,
      scopes: checkedOf(form, "scopes", scopes),
      ...(sessionId !== "" && { sessionId }),
      ...(expiresAt !== undefined && { expiresAt }),
    };
    const { key } = await requireData(api.POST("/v1/keys", { body }));
    form.reset();
    setLife("never");
    await onMade(key);
  };
  return (
    <section class="card narrow" aria-labelledby="new-key">
      <h2 id="new-key">{words.newTitle}</h2>
      <Form submit={texts.create} onSubmit={create}>
        <Field
          label={words.name}
          hint={words.nameHint}
          name="name"
          required
          maxLength={100}
          autocomplete="off"
        />
        <CheckList legend={words.scopes} name="scopes" options={scopes} about={words.scopeAbout} />
        <Select
          label={words.session}
          name="sessionId"
          options={[
            { value: "", label: words.anySession },
            ...sessions.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          label={words.life}
          value={life}
          onChange={(event) => setLife(event.currentTarget.value)}
          options={Object.entries(words.lives).map(([value, label]) => ({ value, label }))}
        />
        {life === "own" && (
          <Field label={words.until} name="until" type="datetime-local" required />
        )}
      </Form>
    </section>
  );
}

function endOf(life: Life, until: string): string | undefined {
  if (life === "own") return new Date(until).toISOString();
  const days = lives[life];
  return days === undefined ? undefined : new Date(Date.now() + days * dayMs).toISOString();
}
