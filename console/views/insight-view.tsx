import { useState } from "preact/hooks";
import { BarChart } from "../charts/bar-chart.tsx";
import { daysOf, toPeriod } from "../live/period.ts";
import { busiest, seriesBy, sumOf, tallied } from "../live/tally-rows.ts";
import { useSessions } from "../live/use-sessions.ts";
import { useStatistics } from "../live/use-statistics.ts";
import { Problem } from "../parts/problem.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";
import { PeriodSelect } from "./period-select.tsx";
import { UsageTable } from "./usage-table.tsx";

const words = texts.insight;
const outcomes = ["sent", "delivered", "read", "failed"] as const;

const dayFormat = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const shortDay = (day: string) => dayFormat.format(new Date(day));

/** How many messages, of what kind, through which session, and what became of them. */
export function InsightView() {
  const { data: sessions = [] } = useSessions();
  const [period, setPeriod] = useState(() => toPeriod("month", Date.now()));
  const [sessionId, setSessionId] = useState("");
  const { rows, error } = useStatistics(period, sessionId);
  const names = new Map(sessions.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? `${words.goneSession} ${id.slice(-4)}`;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="hint">{words.about}</p>
      <div class="toolbar">
        <PeriodSelect onChange={setPeriod} />
        <Select
          label={words.session}
          value={sessionId}
          onChange={(event) => setSessionId(event.currentTarget.value)}
          options={[
            { value: "", label: words.allSessions },
            ...sessions.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <Problem error={error} />
      {!rows && !error && <p role="status">{texts.loading}</p>}
      {rows && (
        <>
          <dl class="counters" aria-label={words.counters}>
            {(["sent", "delivered", "read", "received", "failed"] as const).map((name) => (
              <div key={name} class="card">
                <dt>{words.counted[name]}</dt>
                <dd>{sumOf(rows, tallied[name]).toLocaleString()}</dd>
              </div>
            ))}
          </dl>
          <BarChart
            title={words.byDay}
            of={words.day}
            labels={daysOf(period)}
            ticks={daysOf(period).map(shortDay)}
            series={seriesBy(rows, daysOf(period), ({ day }) => day)}
          />
          <div class="charts">
            <BarChart
              title={words.byKind}
              of={words.kind}
              labels={busiest(rows, ({ kind }) => kind)}
              series={seriesBy(
                rows,
                busiest(rows, ({ kind }) => kind),
                ({ kind }) => kind,
              )}
              isSideways
            />
            <BarChart
              title={words.byStatus}
              of={words.status}
              labels={outcomes.map((name) => words.counted[name])}
              series={[
                {
                  name: words.messages,
                  tone: "seen",
                  values: outcomes.map((name) => sumOf(rows, tallied[name])),
                },
              ]}
              isSideways
            />
            <BarChart
              title={words.bySession}
              of={words.session}
              labels={busiest(rows, (row) => nameOf(row.sessionId))}
              series={seriesBy(
                rows,
                busiest(rows, (row) => nameOf(row.sessionId)),
                (row) => nameOf(row.sessionId),
              )}
              isSideways
            />
          </div>
        </>
      )}
      {(rows ?? error) && <UsageTable period={period} sessionId={sessionId} nameOf={nameOf} />}
    </>
  );
}
