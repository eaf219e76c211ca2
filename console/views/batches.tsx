import { useQuery, useQueryClient } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { fallbackName } from "../live/contact-names.ts";
import { toCsv } from "../live/to-csv.ts";
import { useBatches } from "../live/use-batches.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Problem } from "../parts/problem.tsx";
import { saveFile } from "../parts/save-file.ts";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

/** What was sent in bulk, and how far it has come. */
export function Batches({ sessionId }: { sessionId: string }) {
  const { batches, error, hasMore, more } = useBatches(sessionId);
  return (
    <section aria-labelledby="batches">
      <h2 id="batches">{texts.bulk.batches}</h2>
      <Problem error={error} />
      {batches?.length === 0 && <p class="hint">{texts.bulk.none}</p>}
      {batches?.map(({ id }) => (
        <Batch key={id} batchId={id} />
      ))}
      {hasMore && <ActionButton label={texts.more} onPress={more} />}
    </section>
  );
}

type Progress = Answer<"getBatch">;

const done: (keyof Progress["counts"])[] = ["sent", "delivered", "read", "played"];
const over: (keyof Progress["counts"])[] = [...done, "failed", "unknown", "cancelled", "removed"];

/** One bulk send: how far it is, what failed, and how to hold it. */
export function Batch({ batchId }: { batchId: string }) {
  const { api } = useApi();
  const { data: batch } = useQuery({
    queryKey: ["batches", batchId],
    queryFn: () => requireData(api.GET("/v1/batches/{batchId}", { params: { path: { batchId } } })),
  });
  if (!batch) return null;
  const sum = (statuses: typeof over) =>
    statuses.reduce((total, status) => total + batch.counts[status], 0);
  const ended = sum(over);
  const words = texts.bulk;
  const isAhead = batch.sendAt !== null && Date.parse(batch.sendAt) > Date.now();
  return (
    <article class="card" aria-label={words.batch}>
      <p>
        <TimeOf at={batch.createdAt} /> ·{" "}
        {words.state[ended === batch.total && batch.state === "running" ? "done" : batch.state]} ·{" "}
        {words.progress(sum(done), batch.total)}
      </p>
      {isAhead && batch.sendAt !== null && (
        <p>
          {words.leavesAt} <TimeOf at={batch.sendAt} />
        </p>
      )}
      <progress value={ended} max={batch.total} aria-label={words.progressLabel} />
      <p class="hint">
        {over
          .filter((status) => batch.counts[status] > 0)
          .map((status) => `${batch.counts[status]} ${words.status[status]}`)
          .join(", ")}
      </p>
      <Failures batch={batch} />
      {ended < batch.total && batch.state !== "cancelled" && <BatchActions batch={batch} />}
    </article>
  );
}

function BatchActions({ batch: { id: batchId, state } }: { batch: Progress }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const words = texts.bulk;
  const act = (action: "pause" | "resume" | "cancel") => async () => {
    const params = { path: { batchId } };
    await requireData(api.POST(`/v1/batches/{batchId}/${action}`, { params }));
    await queries.invalidateQueries({ queryKey: ["batches"] });
  };
  return (
    <div class="actions">
      {state === "running" ? (
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
  );
}

function Failures({ batch: { id, failures } }: { batch: Progress }) {
  if (failures.length === 0) return null;
  const words = texts.bulk;
  const why = ({ reason, detail }: (typeof failures)[number]) =>
    (reason && texts.conversations.failed[reason]) ?? detail ?? "";
  const save = () => {
    const rows = failures.map((failure) => [
      fallbackName(failure.to),
      failure.reason ?? "",
      why(failure),
    ]);
    const csv = toCsv([["to", "reason", "detail"], ...rows]);
    saveFile(`${id}-failures.csv`, new Blob([csv], { type: "text/csv" }));
  };
  return (
    <details>
      <summary>{words.failed(failures.length)}</summary>
      <ul>
        {failures.map((failure) => (
          <li key={failure.index}>
            {fallbackName(failure.to)}: {why(failure)}
          </li>
        ))}
      </ul>
      <button type="button" onClick={save}>
        {words.saveFailures}
      </button>
    </details>
  );
}
