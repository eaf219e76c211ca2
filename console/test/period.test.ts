import { expect, test } from "vitest";
import { daysOf, isPeriod, toPeriod } from "../live/period.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

test("usual periods end today and hold as many days as they say", () => {
  expect(daysOf(toPeriod("week", now))).toHaveLength(7);
  expect(daysOf(toPeriod("quarter", now))).toHaveLength(90);
  expect(toPeriod("month", now)).toEqual({ from: "2026-01-31", to: "2026-03-01" });
  expect(toPeriod("thisMonth", now)).toEqual({ from: "2026-03-01", to: "2026-03-01" });
});

test("last month is whole, also when it is February", () => {
  expect(toPeriod("lastMonth", now)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
});

test("days that run backwards, or are not filled in yet, are no period", () => {
  expect(isPeriod({ from: "2026-03-02", to: "2026-03-01" })).toBe(false);
  expect(isPeriod({ from: "", to: "2026-03-01" })).toBe(false);
  expect(isPeriod({ from: "2026-03-01", to: "2026-03-01" })).toBe(true);
});
