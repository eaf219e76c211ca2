import { expect, test } from "vitest";
import type { WafleetEvent } from "#client/events/event.ts";
import { countSince } from "../live/live-counts.ts";
import { seriesBy, sumOf, tallied } from "../live/tally-rows.ts";

const sales = "ses_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";
const day = "2026-11-21";
const period = { from: "2026-11-01", to: day };

const received = (cursor: string, at = `${day}T12:00:00.000Z`) =>
  ({
    id: `evt_${cursor}`,
    type: "message.received",
    cursor,
    sessionId: sales,
    at,
    data: { fromMe: false, content: { type: "image" } },
  }) as unknown as WafleetEvent;

const statistics = {
  data: [
    { sessionId: sales, day, direction: "inbound", kind: "text", status: "received", count: 4 },
  ],
  cursors: { [sales]: "2.10" },
} as const;

test("an event is counted once: by the API up to its cursor, on the page after it", () => {
  const counted = { data: [...statistics.data], cursors: statistics.cursors };
  const events = [received("2.12"), received("2.11"), received("2.10"), received("1.99")];
  const rows = [...counted.data, ...countSince(counted, events, period, "")];
  expect(sumOf(rows, tallied.received)).toBe(6);
  const [, inbound] = seriesBy(rows, ["text", "image"], ({ kind }) => kind);
  expect(inbound?.values).toEqual([4, 2]);
});

test("events of other days and other sessions than are looked at do not count", () => {
  const counted = { data: [], cursors: {} };
  expect(countSince(counted, [received("1.1")], period, "ses_of_another")).toEqual([]);
  const tomorrow = received("1.2", "2026-11-22T00:00:00.000Z");
  expect(countSince(counted, [tomorrow], period, "")).toEqual([]);
  expect(countSince(counted, [received("1.1")], period, sales)).toHaveLength(1);
});
