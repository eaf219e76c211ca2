import type { Period } from "../live/period.ts";
import { useUsage } from "../live/use-usage.ts";
import type { UsageRow } from "../live/use-usage.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Problem } from "../parts/problem.tsx";
import { saveFile } from "../parts/save-file.ts";
import { texts } from "../texts/texts.ts";

type UsageTableProps = { period: Period; sessionId: string; nameOf: (id: string) => string };
type Amounts = Omit<UsageRow, "sessionId" | "day">;

const words = texts.insight;
const { columns } = words;

/** What to bill by, session by session; the files have it day by day. */
export function UsageTable({ period, sessionId, nameOf }: UsageTableProps) {
  const { usage, error, readCsv } = useUsage(period, sessionId);
  const file = `wafleet-usage-${period.from}-${period.to}`;
  const saveCsv = async () =>
    saveFile(`${file}.csv`, new Blob([await readCsv()], { type: "text/csv" }));
  const saveJson = async () =>
    saveFile(
      `${file}.json`,
      new Blob([JSON.stringify(usage, null, 2)], { type: "application/json" }),
    );
  if (!usage) return <Problem error={error} />;
  const bySession = [...Map.groupBy(usage.data, (row) => row.sessionId)];
  return (
    <section class="card" aria-labelledby="usage">
      <div class="title">
        <h2 id="usage">{words.usage}</h2>
        <div class="actions">
          <ActionButton label={words.csv} onPress={saveCsv} />
          <ActionButton label={words.json} onPress={saveJson} />
        </div>
      </div>
      <p class="hint">{words.usageAbout}</p>
      {bySession.length === 0 ? (
        <p class="nothing">{words.noUsage}</p>
      ) : (
        <table class="stacking">
          <thead>
            <tr>
              {Object.values(columns).map((column, index) => (
                <th key={column} scope="col" class={index > 0 ? "number" : ""}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bySession.map(([id, rows]) => (
              <UsageLine key={id} name={nameOf(id)} amounts={rows.reduce(add, none)} />
            ))}
          </tbody>
          {bySession.length > 1 && (
            <tfoot>
              <UsageLine name={words.total} amounts={usage.totals} />
            </tfoot>
          )}
        </table>
      )}
    </section>
  );
}

function UsageLine({ name, amounts }: { name: string; amounts: Amounts }) {
  const cells = [
    [columns.sent, amounts.messagesSent.toLocaleString()],
    [columns.received, amounts.messagesReceived.toLocaleString()],
    [columns.active, words.hours(amounts.activeSeconds)],
    [columns.mediaOut, words.bytes(amounts.mediaBytesSent)],
    [columns.mediaIn, words.bytes(amounts.mediaBytesReceived)],
  ];
  return (
    <tr>
      <td data-label={columns.session}>{name}</td>
      {cells.map(([label, text]) => (
        <td key={label} data-label={label} class="number">
          {text}
        </td>
      ))}
    </tr>
  );
}

const none: Amounts = {
  messagesSent: 0,
  messagesReceived: 0,
  activeSeconds: 0,
  mediaBytesSent: 0,
  mediaBytesReceived: 0,
};

function add(sum: Amounts, row: UsageRow): Amounts {
  return {
    messagesSent: sum.messagesSent + row.messagesSent,
    messagesReceived: sum.messagesReceived + row.messagesReceived,
    activeSeconds: sum.activeSeconds + row.activeSeconds,
    mediaBytesSent: sum.mediaBytesSent + row.mediaBytesSent,
    mediaBytesReceived: sum.mediaBytesReceived + row.mediaBytesReceived,
  };
}
