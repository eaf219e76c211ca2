import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import type { Session } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { texts } from "../texts/texts.ts";
import { useSessionActions } from "./session-actions.ts";

export function SessionSettings({
  session,
  onDeleted,
}: {
  session: Session;
  onDeleted: () => void;
}) {
  const { api } = useApi();
  const queries = useQueryClient();
  const { remove } = useSessionActions(session.id);
  const rename = async ({ name = "" }: Record<string, string>) => {
    const params = { path: { sessionId: session.id } };
    await requireData(api.PATCH("/v1/sessions/{sessionId}", { params, body: { name } }));
    await queries.invalidateQueries();
  };
  return (
    <>
      <section class="card narrow">
        <Form submit={texts.save} onSubmit={rename}>
          <Field
            label={texts.sessions.name}
            name="name"
            required
            maxLength={100}
            defaultValue={session.name}
          />
        </Form>
      </section>
      <section class="card narrow">
        <ActionButton
          label={texts.session.remove}
          confirm={texts.session.removeConfirm}
          kind="danger"
          onPress={async () => {
            onDeleted();
            await remove();
          }}
        />
      </section>
    </>
  );
}
