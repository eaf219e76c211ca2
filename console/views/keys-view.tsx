import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { scopes } from "#client/generated/scopes.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { usePages } from "../live/use-pages.ts";
import { useSessions } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { CheckList, checkedOf } from "../parts/check-list.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { PageList } from "../parts/page-list.tsx";
import { Secret } from "../parts/secret.tsx";
import { Select } from "../parts/select.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

export function KeysView() {
  const { api } = useApi();
  const queries = useQueryClient();
  const { data: sessions = [] } = useSessions();
  const [made, setMade] = useState<string | undefined>();
  const pages = usePages(["keys"], (query) =>
    requireData(api.GET("/v1/keys", { params: { query } })),
  );
  const changed = () => queries.invalidateQueries({ queryKey: ["keys"] });
  const create = async (fields: Record<string, string>, form: HTMLFormElement) => {
    const { name = "", sessionId = "" } = fields;
    const body = {
      name,
      scopes: checkedOf(form, "scopes", scopes),
      ...(sessionId !== "" && { sessionId }),
    };
    const { key } = await requireData(api.POST("/v1/keys", { body }));
    setMade(key);
    form.reset();
    await changed();
  };
  const rotate = async (keyId: string) => {
    const params = { path: { keyId } };
    const { key } = await requireData(api.POST("/v1/keys/{keyId}/rotate", { params, body: {} }));
    setMade(key);
    await changed();
  };
  const revoke = async (keyId: string) => {
    await requireData(api.DELETE("/v1/keys/{keyId}", { params: { path: { keyId } } }));
    await changed();
  };
  const { columns } = texts.keys;
  return (
    <>
      <h1>{texts.keys.title}</h1>
      <p class="hint">{texts.keys.about}</p>
      {made !== undefined && <Secret label={texts.keys.made} value={made} />}
      <PageList
        pages={pages}
        none={texts.keys.none}
        columns={Object.values(columns)}
        row={(key) => ({
          key: key.id,
          cells: [
            key.name,
            <code>{key.prefix}…</code>,
            key.scopes.join(", "),
            key.lastUsedAt === null ? texts.never : <TimeOf at={key.lastUsedAt} />,
            <div class="actions">
              <ActionButton
                label={texts.keys.rotate}
                confirm={texts.keys.rotateConfirm}
                onPress={() => rotate(key.id)}
              />
              <ActionButton
                label={texts.keys.revoke}
                confirm={texts.keys.revokeConfirm(key.name)}
                kind="danger"
                onPress={() => revoke(key.id)}
              />
            </div>,
          ],
        })}
      />
      <section class="card narrow">
        <h2>{texts.keys.newTitle}</h2>
        <Form submit={texts.create} onSubmit={create}>
          <Field label={texts.keys.name} name="name" required maxLength={100} />
          <CheckList legend={texts.keys.scopes} name="scopes" options={scopes} />
          <Select
            label={texts.keys.session}
            name="sessionId"
            options={[
              { value: "", label: texts.keys.anySession },
              ...sessions.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Form>
      </section>
    </>
  );
}
