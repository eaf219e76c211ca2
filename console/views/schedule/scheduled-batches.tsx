import { useBatches } from "../../live/use-batches.ts";
import { texts } from "../../texts/texts.ts";
import { Batch } from "../batches.tsx";

/** Bulk sends whose time has not come. */
export function ScheduledBatches({ sessionId }: { sessionId: string }) {
  const { batches = [] } = useBatches(sessionId);
  const waiting = batches.filter(
    ({ sendAt, state }) =>
      sendAt !== null && Date.parse(sendAt) > Date.now() && state !== "cancelled",
  );
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="scheduled-batches">
      <h3 id="scheduled-batches">{texts.schedule.batches}</h3>
      {waiting.map(({ id }) => (
        <Batch key={id} batchId={id} />
      ))}
    </section>
  );
}
