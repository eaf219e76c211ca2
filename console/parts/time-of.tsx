const day = { dateStyle: "medium" } as const;
const format = new Intl.DateTimeFormat(undefined, { ...day, timeStyle: "short" });
const exact = new Intl.DateTimeFormat(undefined, { ...day, timeStyle: "medium" });

/** A moment in the reader's own time zone and manner; with seconds where the order matters. */
export function TimeOf({ at, isExact = false }: { at: string; isExact?: boolean }) {
  return <time dateTime={at}>{(isExact ? exact : format).format(new Date(at))}</time>;
}
