import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { NewMessage } from "../../live/new-message.ts";
import { useTemplates } from "../../live/use-templates.ts";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Select } from "../../parts/select.tsx";
import { SendLater, sendAtOf } from "../../parts/send-later.tsx";
import { texts } from "../../texts/texts.ts";
import { TemplatePreview } from "../templates/template-preview.tsx";

/** A template with its variables filled in, as it will arrive. */
export function SendTemplate({ send }: { send: (message: NewMessage) => Promise<void> }) {
  const { data: templates, error } = useTemplates();
  const [chosen, choose] = useState("");
  const [variables, setVariables] = useState<Record<string, string>>({});
  const words = texts.conversations.template;
  if (!templates) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const template = templates.find(({ id }) => id === chosen) ?? templates[0];
  if (!template) {
    return (
      <p>
        {words.none} <Link href="/templates">{words.make}</Link>
      </p>
    );
  }
  const values = Object.fromEntries(
    template.variables.map((name) => [name, variables[name] ?? ""]),
  );
  const submit = (fields: Record<string, string>) =>
    send({
      type: "template",
      template: { templateId: template.id, variables: values },
      ...sendAtOf(fields),
    });
  return (
    <Form submit={texts.conversations.send} onSubmit={submit}>
      <Select
        label={words.which}
        value={template.id}
        onChange={(event) => choose(event.currentTarget.value)}
        options={templates.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {template.variables.map((name) => (
        <Field
          key={name}
          label={name}
          required
          value={values[name]}
          onInput={(event) => setVariables({ ...variables, [name]: event.currentTarget.value })}
        />
      ))}
      <h3>{words.preview}</h3>
      <TemplatePreview message={template.message} variables={values} />
      <SendLater />
    </Form>
  );
}
