import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareCursors, formatCursor, parseCursor, sortableCursor } from "#shared/cursor.ts";

const cursors = fc.record({ epoch: fc.nat(), seq: fc.nat({ max: 10 ** 12 - 1 }) });

test("a cursor survives its text form", () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    }),
  );
});

test("the sortable form sorts as the cursors do", () => {
  fc.assert(
    fc.property(cursors, cursors, (a, b) => {
      const byText = sortableCursor(a) < sortableCursor(b);
      expect(byText).toBe(compareCursors(a, b) < 0);
    }),
  );
});
