import type { ComponentChildren } from "preact";
import type { FleetHealth } from "../live/use-fleet-health.ts";
import { texts } from "../texts/texts.ts";

const words = texts.fleet;

/** What everything rests on: tables, buckets and queues. */
export function FleetStores({ health }: { health: FleetHealth }) {
  return (
    <div class="columns">
      <Lines
        title={words.stores}
        columns={Object.values(words.storeColumns)}
        rows={health.stores.map(({ name, reachable, ms }) => [
          name,
          <Answers isReachable={reachable} />,
          words.took(ms),
        ])}
      />
      <Lines
        title={words.queues}
        columns={Object.values(words.queueColumns)}
        rows={health.queues.map(({ name, reachable, waiting, inFlight, dead }) => [
          name,
          <Answers isReachable={reachable} />,
          waiting,
          inFlight,
          dead > 0 ? <span class="badge failed">{dead}</span> : dead,
        ])}
      />
    </div>
  );
}

function Answers({ isReachable }: { isReachable: boolean }) {
  return isReachable ? (
    <span class="badge succeeded">{words.reachable}</span>
  ) : (
    <span class="badge failed">{words.unreachable}</span>
  );
}

type LinesProps = { title: string; columns: string[]; rows: ComponentChildren[][] };

function Lines({ title, columns, rows }: LinesProps) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <table class="stacking">
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" class={index > 1 ? "number" : ""}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells[0]}>
              {cells.map((cell, index) => (
                <td
                  key={columns[index]}
                  data-label={columns[index]}
                  class={index > 1 ? "number" : ""}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
