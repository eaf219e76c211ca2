/** Days in UTC, both included. */
export type Period = { from: string; to: string };

export const periodChoices = ["week", "month", "quarter", "thisMonth", "lastMonth"] as const;

export type PeriodChoice = (typeof periodChoices)[number];

const dayMs = 24 * 3_600_000;

export function toPeriod(choice: PeriodChoice, now: number): Period {
  const to = dayOf(now);
  switch (choice) {
    case "week":
      return { from: dayOf(now - 6 * dayMs), to };
    case "month":
      return { from: dayOf(now - 29 * dayMs), to };
    case "quarter":
      return { from: dayOf(now - 89 * dayMs), to };
    case "thisMonth":
      return { from: `${to.slice(0, 7)}-01`, to };
    case "lastMonth": {
      const end = dayOf(Date.parse(`${to.slice(0, 7)}-01`) - dayMs);
      return { from: `${end.slice(0, 7)}-01`, to: end };
    }
  }
}

/** Each day of a period. */
export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayMs) days.push(dayOf(at));
  return days;
}

export function isPeriod({ from, to }: Period): boolean {
  return !Number.isNaN(Date.parse(from)) && !Number.isNaN(Date.parse(to)) && from <= to;
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
