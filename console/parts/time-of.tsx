const day = { dateStyle: "medium" } as const;
const format = new Intl.DateTimeFormat(undefined, { ...day, timeStyle: "short" });
const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const weekday = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const exact = new Intl.DateTimeFormat(undefined, { ...day, timeStyle: "medium" });

/** A moment in the reader's own time zone and manner; with seconds where the order matters. */
export function TimeOf({ at, isExact = false }: { at: string; isExact?: boolean }) {
  return <time dateTime={at}>{(isExact ? exact : format).format(new Date(at))}</time>;
}

/** The same where the day is said elsewhere. */
export function TimeOfDay({ at }: { at: string }) {
  return (
    <time dateTime={at} title={format.format(new Date(at))}>
      {timeOfDay.format(new Date(at))}
    </time>
  );
}

/** The day of a moment, in words; equal for all moments of the reader's day. */
export function dayOf(at: string): string {
  return weekday.format(new Date(at));
}

/** The time of day today, else the date. */
export function ShortTime({ at }: { at: string }) {
  const isToday = dayOf(at) === dayOf(new Date().toISOString());
  return <time dateTime={at}>{(isToday ? timeOfDay : date).format(new Date(at))}</time>;
}
