import { useQuery, useQueryClient } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { usePages } from "../live/use-pages.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Problem } from "../parts/problem.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

/** What was sent in bulk, and how far it has come. */
export function Batches({ sessionId }: { sessionId: string }) {
  const { api } = useApi();
  const { items = [], error } = usePages(["batches", "list"], (query) =>
    requireData(api.GET("/v1/batches", { params: { query } })),
  );
  const own = items.filter((batch) => batch.sessionId === sessionId);
  return (
    <section aria-labelledby="batches">
      <h2 id="batches">{texts.bulk.batches}</h2>
      <Problem error={error} />
      {own.length === 0 && <p>{texts.bulk.none}</p>}
      {own.map(({ id }) => (
        <Batch key={id} batchId={id} />
      ))}
    </section>
  );
}

type Progress = Answer<"getBatch">;

const done: (keyof Progress["counts"])[] = ["sent", "delivered", "read", "played"];
const over: (keyof Progress["counts"])[] = [...done, "failed", "unknown", "cancelled", "removed"];

function Batch({ batchId }: { batchId: string }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const params = { path: { batchId } };
  const { data: batch } = useQuery({
    queryKey: ["batches", batchId],
    queryFn: () => requireData(api.GET("/v1/batches/{batchId}", { params })),
  });
  if (!batch) return null;
  const act = (action: "pause" | "resume" | "cancel") => async () => {
    await requireData(api.POST(`/v1/batches/{batchId}/${action}`, { params }));
    await queries.invalidateQueries({ queryKey: ["batches"] });
  };
  const sum = (statuses: typeof over) =>
    statuses.reduce((total, status) => total + batch.counts[status], 0);
  const ended = sum(over);
  const words = texts.bulk;
  return (
    <article class="card" aria-label={words.batch}>
      <p>
        <TimeOf at={batch.createdAt} /> · {words.state[batch.state]} ·{" "}
        {words.progress(sum(done), batch.total)}
      </p>
      <progress value={ended} max={batch.total} aria-label={words.progressLabel} />
      <p class="hint">
        {over
          .filter((status) => batch.counts[status] > 0)
          .map((status) => `${batch.counts[status]} ${words.status[status]}`)
          .join(", ")}
      </p>
      {batch.failures.length > 0 && (
        <details>
          <summary>{words.failures}</summary>
          <ul>
            {batch.failures.map(({ index, to, reason, detail }) => (
              <li key={index}>
                {to}: {detail ?? reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      {ended < batch.total && batch.state !== "cancelled" && (
        <div class="actions">
          {batch.state === "running" ? (
            <ActionButton label={words.pause} onPress={act("pause")} />
          ) : (
            <ActionButton label={words.resume} onPress={act("resume")} />
          )}
          <ActionButton
            label={words.cancel}
            confirm={words.cancelConfirm}
            kind="danger"
            onPress={act("cancel")}
          />
        </div>
      )}
    </article>
  );
}
