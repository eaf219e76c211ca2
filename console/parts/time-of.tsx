const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A moment in the reader's own time zone and manner. */
export function TimeOf({ at }: { at: string }) {
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}
