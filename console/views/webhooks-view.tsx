import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { eventTypes } from "#client/generated/event-types.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { usePages } from "../live/use-pages.ts";
import { useSessions } from "../live/use-sessions.ts";
import { CheckList, checkedOf } from "../parts/check-list.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { PageList } from "../parts/page-list.tsx";
import { Secret } from "../parts/secret.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";
import { WebhookHealth } from "./webhook-health.tsx";

export function WebhooksView() {
  const { api } = useApi();
  const queries = useQueryClient();
  const { data: sessions = [] } = useSessions();
  const [secret, setSecret] = useState<string | undefined>();
  const pages = usePages(["webhooks"], (query) =>
    requireData(api.GET("/v1/webhooks", { params: { query } })),
  );
  const create = async (fields: Record<string, string>, form: HTMLFormElement) => {
    const { url = "", description = "", sessionId = "" } = fields;
    const types = checkedOf(form, "types", eventTypes);
    const body = {
      url,
      description,
      ...(types.length > 0 && { types }),
      ...(sessionId !== "" && { sessionId }),
    };
    setSecret((await requireData(api.POST("/v1/webhooks", { body }))).secret);
    form.reset();
    await queries.invalidateQueries({ queryKey: ["webhooks"] });
  };
  return (
    <>
      <h1>{texts.webhooks.title}</h1>
      <p class="hint">{texts.webhooks.about}</p>
      {secret !== undefined && <Secret label={texts.webhooks.secret} value={secret} />}
      <PageList
        pages={pages}
        none={texts.webhooks.none}
        columns={Object.values(texts.webhooks.columns)}
        row={(webhook) => ({
          key: webhook.id,
          cells: [
            <Link href={`/webhooks/${webhook.id}`}>{webhook.url}</Link>,
            webhook.types?.join(", ") ?? texts.webhooks.allTypes,
            <WebhookHealth webhook={webhook} />,
          ],
        })}
      />
      <section class="card narrow">
        <h2>{texts.webhooks.newTitle}</h2>
        <Form submit={texts.create} onSubmit={create}>
          <Field label={texts.webhooks.url} name="url" type="url" required maxLength={2048} />
          <Field label={texts.webhooks.description} name="description" maxLength={200} />
          <Select
            label={texts.keys.session}
            name="sessionId"
            options={[
              { value: "", label: texts.keys.anySession },
              ...sessions.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <CheckList
            legend={texts.webhooks.types}
            hint={texts.webhooks.typesHint}
            name="types"
            options={eventTypes}
          />
        </Form>
      </section>
    </>
  );
}
