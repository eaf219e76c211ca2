import { useQueryClient } from "@tanstack/preact-query";
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { fillIn, readRecipients } from "../live/recipients.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { TextArea } from "../parts/text-area.tsx";
import { texts } from "../texts/texts.ts";
import { Batches } from "./batches.tsx";

const previewed = 5;

/** One text to many, each with words of their own from a table. */
export function BulkSend({ sessionId }: { sessionId: string }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const [body, setBody] = useState(texts.bulk.exampleText);
  const [table, setTable] = useState("");
  const { recipients, problems } = readRecipients(table, body);
  const send = async () => {
    await requireData(
      api.POST("/v1/sessions/{sessionId}/messages/batch", {
        params: { path: { sessionId } },
        body: { message: { type: "text", text: { body } }, recipients },
      }),
    );
    setTable("");
    await queries.invalidateQueries({ queryKey: ["batches"] });
  };
  const take = async (file: File | undefined) => {
    if (file) setTable(await file.text());
  };
  return (
    <>
      <section class="card">
        <h2>{texts.bulk.title}</h2>
        <p class="hint">{texts.bulk.about}</p>
        <TextArea
          label={texts.bulk.text}
          hint={texts.bulk.textHint}
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
        />
        <TextArea
          label={texts.bulk.table}
          hint={texts.bulk.tableHint}
          rows={6}
          value={table}
          onInput={(event) => setTable(event.currentTarget.value)}
        />
        <label class="field">
          {texts.bulk.file}{" "}
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => void take(event.currentTarget.files?.[0])}
          />
        </label>
        {problems.length > 0 && (
          <ul class="problem" role="alert">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {recipients.length > 0 && problems.length === 0 && (
          <>
            <h3>{texts.bulk.preview(Math.min(previewed, recipients.length), recipients.length)}</h3>
            <dl>
              {recipients.slice(0, previewed).map(({ to, variables }) => (
                <Fragment key={to}>
                  <dt>{to}</dt>
                  <dd>{fillIn(body, variables)}</dd>
                </Fragment>
              ))}
            </dl>
            <div class="actions">
              <ActionButton
                label={texts.bulk.send(recipients.length)}
                kind="primary"
                confirm={texts.bulk.confirm(recipients.length)}
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
