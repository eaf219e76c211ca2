import { z } from "zod";

/** Position of an event in its session: the owner's epoch, then a number within that epoch. */
export type Cursor = { epoch: number; seq: number };

export const cursorSchema = z
  .string()
  .regex(/^\d{1,10}\.\d{1,12}$/, "must be a cursor like 3.17, as events carry it");

export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}.${cursor.seq}`;
}

export function parseCursor(text: string): Cursor {
  const [epoch, seq] = cursorSchema.parse(text).split(".");
  return { epoch: Number(epoch), seq: Number(seq) };
}

/** The same position as text that sorts in order, for sort keys and conditions. */
export function sortableCursor(cursor: Cursor): string {
  return `${String(cursor.epoch).padStart(10, "0")}.${String(cursor.seq).padStart(12, "0")}`;
}

/** The cursor that a sortable one stands for, as events carry it. */
export function fromSortable(place: string): string {
  const [epoch, seq] = place.split(".");
  return formatCursor({ epoch: Number(epoch), seq: Number(seq) });
}

export function compareCursors(a: Cursor, b: Cursor): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}
