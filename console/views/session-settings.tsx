import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { histories, readSettings } from "../live/read-settings.ts";
import type { SessionStatus } from "../live/session-state.ts";
import type { Session } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Check } from "../parts/check.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";
import { MoveSession } from "./move-session.tsx";
import { PacePanel } from "./pace-panel.tsx";
import { SendingSettings } from "./sending-settings.tsx";
import { useSessionActions } from "./session-actions.ts";

type SessionSettingsProps = { session: Session; status: SessionStatus; onDeleted: () => void };

const words = texts.settings;

/** How a session behaves, and the ways to be rid of it. */
export function SessionSettings({ session, status, onDeleted }: SessionSettingsProps) {
  const { api } = useApi();
  const queries = useQueryClient();
  const { remove } = useSessionActions(session.id);
  const { settings } = session;
  const save = async (fields: Record<string, string>) => {
    const { name = "" } = fields;
    const params = { path: { sessionId: session.id } };
    const body = { name, settings: readSettings(fields, session) };
    await requireData(api.PATCH("/v1/sessions/{sessionId}", { params, body }));
    await queries.invalidateQueries();
  };
  return (
    <div class="columns">
      <section class="card wide">
        <Form submit={texts.save} onSubmit={save} done={words.saved}>
          <Field
            label={words.name}
            name="name"
            required
            maxLength={100}
            defaultValue={session.name}
          />
          <h2>{words.connection}</h2>
          <Check
            label={words.markOnline}
            hint={words.markOnlineAbout}
            name="markOnline"
            isChecked={settings.markOnline}
          />
          <Check
            label={words.rejectCalls}
            hint={words.rejectCallsAbout}
            name="rejectCalls"
            isChecked={settings.rejectCalls}
          />
          <Select
            label={words.historySync}
            hint={words.historySyncAbout}
            name="historySync"
            defaultValue={settings.historySync}
            options={histories.map((value) => ({ value, label: words.history[value] }))}
          />
          <Field
            // Once saved, what was typed is not to be seen any more.
            key={settings.proxy}
            label={words.proxy}
            hint={words.proxyAbout}
            name="proxy"
            maxLength={500}
            autocomplete="off"
            defaultValue={settings.proxy ?? ""}
          />
          <SendingSettings settings={settings} />
          <h2>{words.keeping}</h2>
          <Check
            label={words.muteWebhooks}
            hint={words.muteWebhooksAbout}
            name="muteWebhooks"
            isChecked={settings.muteWebhooks}
          />
          <Field
            label={words.retentionDays}
            hint={words.retentionAbout}
            name="retentionDays"
            type="number"
            min={1}
            max={365}
            defaultValue={settings.retentionDays ?? ""}
          />
        </Form>
      </section>
      <div>
        <PacePanel status={status} />
        <MoveSession session={session} status={status} />
        <section class="card" aria-labelledby="remove">
          <h2 id="remove">{texts.session.remove}</h2>
          <p class="hint">{texts.session.removeConfirm}</p>
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
      </div>
    </div>
  );
}
