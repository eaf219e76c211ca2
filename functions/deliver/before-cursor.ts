import { formatCursor, parseCursor } from "#shared/cursor.ts";

const lastSeq = 999_999_999_999;

/** The place right before an event, so that what comes after it begins with the event. */
export function beforeCursor(text: string): string {
  const { epoch, seq } = parseCursor(text);
  if (seq > 0) return formatCursor({ epoch, seq: seq - 1 });
  return formatCursor({ epoch: Math.max(0, epoch - 1), seq: epoch > 0 ? lastSeq : 0 });
}
