import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import { useTemplates } from "../../live/use-templates.ts";
import type { Template } from "../../live/use-templates.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { TimeOf } from "../../parts/time-of.tsx";
import { texts } from "../../texts/texts.ts";
import { TemplateForm } from "./template-form.tsx";
import { TemplatePreview } from "./template-preview.tsx";
import "../../style/messages.css";

/** The account's templates: what they say, and which words they ask for. */
export function TemplatesView() {
  const { data: templates, error } = useTemplates();
  const [edited, edit] = useState<Template>();
  const words = texts.templates;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="hint">{words.about}</p>
      <Problem error={error} />
      {!templates && !error && <p role="status">{texts.loading}</p>}
      {templates?.length === 0 && <Empty title={words.none} about={words.noneAbout} />}
      <ul class="cards">
        {templates?.map((template) => (
          <li key={template.id} class="card">
            <TemplateCard template={template} onEdit={() => edit(template)} />
          </li>
        ))}
      </ul>
      <section class="card" aria-labelledby="template-form">
        <h2 id="template-form">{edited ? words.editTitle(edited.name) : words.newTitle}</h2>
        <TemplateForm key={edited?.id ?? "new"} template={edited} onDone={() => edit(undefined)} />
      </section>
    </>
  );
}

function TemplateCard({ template, onEdit }: { template: Template; onEdit: () => void }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const { id: templateId, name, message, variables, updatedAt } = template;
  const words = texts.templates;
  const remove = async () => {
    const params = { path: { templateId } };
    await requireData(api.DELETE("/v1/templates/{templateId}", { params }));
    await queries.invalidateQueries({ queryKey: ["templates"] });
  };
  return (
    <>
      <h2>{name}</h2>
      <TemplatePreview message={message} variables={{}} />
      <p class="hint">
        {words.variables}: {variables.length === 0 ? words.noVariables : variables.join(", ")}
        <br />
        {words.changed} <TimeOf at={updatedAt} />
      </p>
      <div class="actions">
        <button type="button" onClick={onEdit} aria-label={words.editTitle(name)}>
          {words.edit}
        </button>
        <ActionButton
          label={words.remove}
          kind="danger"
          confirm={words.removeConfirm(name)}
          onPress={remove}
        />
      </div>
    </>
  );
}
