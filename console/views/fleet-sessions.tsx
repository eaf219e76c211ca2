import { BarChart } from "../charts/bar-chart.tsx";
import type { SessionState } from "../live/session-state.ts";
import type { FleetHealth } from "../live/use-fleet-health.ts";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

const words = texts.fleet;

/** Who holds the sessions, and how these are. */
export function FleetSessions({ fleet }: Pick<FleetHealth, "fleet">) {
  if (!fleet) return <p class="problem">{words.noFleet}</p>;
  const { workers, shards, sessions, oldestCommandSeconds: oldest, longestWaiting } = fleet;
  const draining = workers.filter((worker) => worker.draining).length;
  const states = Object.entries(sessions.byState) as [SessionState, number][];
  const counters = [
    [words.workers, words.workersText(workers.length, draining)],
    [words.shards, words.of(shards.owned, shards.total)],
    [words.wanted, sessions.wanted.toLocaleString()],
    [words.oldest, oldest === null ? words.noCommand : words.seconds(oldest)],
  ];
  return (
    <>
      <dl class="counters">
        {counters.map(([name, value]) => (
          <div key={name} class="card">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {shards.ownerless.length > 0 && <p class="warning">{words.ownerless(shards.ownerless)}</p>}
      {longestWaiting && (
        <p class="warning">
          {words.longest}: <code>{longestWaiting.sessionId}</code>,{" "}
          {texts.state[longestWaiting.status]}, <TimeOf at={longestWaiting.since} />
        </p>
      )}
      <BarChart
        title={words.byState}
        of={words.state}
        labels={states.map(([state]) => texts.state[state])}
        series={[{ name: words.sessions, tone: "out", values: states.map(([, count]) => count) }]}
        isSideways
      />
      {!sessions.isComplete && <p class="hint">{words.incomplete}</p>}
    </>
  );
}
