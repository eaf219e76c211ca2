import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { variablesIn } from "#shared/template-text.ts";
import { useApi } from "../../access/use-api.ts";
import { fileKinds, toParts, toTemplateMessage } from "../../live/template-parts.ts";
import type { TemplateKind, TemplateParts } from "../../live/template-parts.ts";
import type { Template } from "../../live/use-templates.ts";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { Select } from "../../parts/select.tsx";
import { TextArea } from "../../parts/text-area.tsx";
import { texts } from "../../texts/texts.ts";
import { TemplatePreview } from "./template-preview.tsx";

const kinds: TemplateKind[] = ["text", ...fileKinds, "other"];

type TemplateFormProps = { template: Template | undefined; onDone: () => void };

/** Makes a template, or changes one, and shows what arrives while it is written. */
export function TemplateForm({ template, onDone }: TemplateFormProps) {
  const { api } = useApi();
  const queries = useQueryClient();
  const [parts, setParts] = useState<TemplateParts>(
    toParts(template?.message ?? { type: "text", text: { body: "" } }),
  );
  const [samples, setSamples] = useState<Record<string, string>>({});
  const change = (changed: Partial<TemplateParts>) => setParts({ ...parts, ...changed });
  const message = messageOf(parts);
  const variables = message ? variablesIn(message) : [];
  const words = texts.templates;
  const save = async ({ name = "" }: Record<string, string>, form: HTMLFormElement) => {
    if (!message) return;
    const body = { name, message };
    const params = { path: { templateId: template?.id ?? "" } };
    await (template
      ? requireData(api.PATCH("/v1/templates/{templateId}", { params, body }))
      : requireData(api.POST("/v1/templates", { body })));
    form.reset();
    setParts(toParts({ type: "text", text: { body: "" } }));
    await queries.invalidateQueries({ queryKey: ["templates"] });
    onDone();
  };
  return (
    <div class="columns">
      <div>
        <Form
          submit={template ? texts.save : texts.create}
          onSubmit={save}
          more={
            template && (
              <button type="button" onClick={onDone}>
                {words.cancelEdit}
              </button>
            )
          }
        >
          <Field
            label={words.name}
            name="name"
            required
            maxLength={100}
            defaultValue={template?.name}
          />
          <Select
            label={words.kind}
            value={parts.kind}
            onChange={(event) =>
              change({ kind: kinds[event.currentTarget.selectedIndex] ?? "text" })
            }
            options={kinds.map((kind) => ({
              value: kind,
              label: kind === "other" ? words.other : texts.conversations.kinds[kind],
            }))}
          />
          {parts.kind !== "text" && parts.kind !== "other" && (
            <Field
              label={words.url}
              hint={words.urlHint}
              required
              maxLength={2_048}
              pattern="https?://.+"
              value={parts.url}
              onInput={(event) => change({ url: event.currentTarget.value })}
            />
          )}
          {parts.kind === "other" ? (
            <TextArea
              label={words.json}
              hint={message ? words.jsonHint : words.badJson}
              rows={10}
              required
              value={parts.json}
              onInput={(event) => change({ json: event.currentTarget.value })}
            />
          ) : (
            <TextArea
              label={parts.kind === "text" ? words.text : words.caption}
              hint={words.textHint}
              rows={4}
              required={parts.kind === "text"}
              value={parts.text}
              onInput={(event) => change({ text: event.currentTarget.value })}
            />
          )}
        </Form>
      </div>
      <aside aria-label={words.preview}>
        <h3>{words.preview}</h3>
        <p class="hint">{words.previewAbout}</p>
        {variables.map((name) => (
          <Field
            key={name}
            label={name}
            value={samples[name] ?? ""}
            onInput={(event) => setSamples({ ...samples, [name]: event.currentTarget.value })}
          />
        ))}
        {message && <TemplatePreview message={message} variables={samples} />}
      </aside>
    </div>
  );
}

/** Undefined while what is written is no message yet. */
function messageOf(parts: TemplateParts) {
  try {
    return toTemplateMessage(parts);
  } catch {
    return undefined;
  }
}
