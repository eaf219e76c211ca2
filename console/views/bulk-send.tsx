import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { variablesIn } from "#shared/template-text.ts";
import { useApi } from "../access/use-api.ts";
import { readRecipients } from "../live/recipients.ts";
import { useTemplates } from "../live/use-templates.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Field } from "../parts/field.tsx";
import { Select } from "../parts/select.tsx";
import { TextArea } from "../parts/text-area.tsx";
import { texts } from "../texts/texts.ts";
import { Batches } from "./batches.tsx";
import { BulkPreview } from "./bulk-preview.tsx";
import { TemplatePreview } from "./templates/template-preview.tsx";
import "../style/messages.css";

/** One text, or one template, to many, each with words of their own from a table. */
export function BulkSend({ sessionId }: { sessionId: string }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const { data: templates = [] } = useTemplates();
  const [templateId, setTemplateId] = useState("");
  const [body, setBody] = useState(texts.bulk.exampleText);
  const [table, setTable] = useState("");
  const [sendAt, setSendAt] = useState("");
  const template = templates.find(({ id }) => id === templateId);
  const content = template?.message ?? { type: "text", text: { body } };
  const variables = template?.variables ?? variablesIn(content);
  const { recipients, problems } = readRecipients(table, variables);
  const send = async () => {
    const message = template
      ? { type: "template" as const, template: { templateId: template.id } }
      : { type: "text", text: { body } };
    const at = sendAt !== "" && { sendAt: new Date(sendAt).toISOString() };
    await requireData(
      api.POST("/v1/sessions/{sessionId}/messages/batch", {
        params: { path: { sessionId } },
        body: { message, recipients, ...at },
      }),
    );
    setTable("");
    await queries.invalidateQueries({ queryKey: ["batches"] });
  };
  const take = async (file: File | undefined) => {
    if (file) setTable(await file.text());
  };
  const words = texts.bulk;
  return (
    <>
      <section class="card">
        <h2>{words.title}</h2>
        <p class="hint">{words.about}</p>
        {templates.length > 0 && (
          <Select
            label={words.what}
            value={templateId}
            onChange={(event) => setTemplateId(event.currentTarget.value)}
            options={[
              { value: "", label: words.ownText },
              ...templates.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        {template ? (
          <TemplatePreview message={template.message} variables={{}} />
        ) : (
          <TextArea
            label={words.text}
            hint={words.textHint}
            value={body}
            onInput={(event) => setBody(event.currentTarget.value)}
          />
        )}
        <TextArea
          label={words.table}
          hint={words.tableHint(["to", ...variables])}
          rows={6}
          value={table}
          onInput={(event) => setTable(event.currentTarget.value)}
        />
        <Field
          label={words.file}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        <Field
          label={texts.conversations.laterAt}
          hint={texts.conversations.laterHint}
          type="datetime-local"
          value={sendAt}
          onInput={(event) => setSendAt(event.currentTarget.value)}
        />
        {problems.length > 0 && (
          <ul class="problem" role="alert">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {recipients.length > 0 && problems.length === 0 && (
          <>
            <BulkPreview message={content} recipients={recipients} />
            <div class="actions">
              <ActionButton
                label={words.send(recipients.length)}
                kind="primary"
                confirm={words.confirm(recipients.length)}
                onPress={send}
              />
            </div>
          </>
        )}
      </section>
      <Batches sessionId={sessionId} />
    </>
  );
}
