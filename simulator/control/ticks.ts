import type { Phone } from "../phone/phone.ts";
import type { Simulator } from "../simulator.ts";

/** How far each message of the phone came, by the receipts that it has. */
export const makeTicks = (phone: Phone) => {
  const confirmed = new Map<string, "delivered" | "read">();
  for (const { id, type } of phone.receipts())
    if (type === "read" || type === "played") confirmed.set(id, "read");
    else if (type !== "retry" && !confirmed.has(id)) confirmed.set(id, "delivered");
  return (id: string) => confirmed.get(id) ?? "sent";
};

/** What the reader has read: the author's own receipts tell, also what was read before a restart. */
export const makeReadMarks = (simulator: Simulator, reader: Phone) => {
  const marks = new Map<string, Set<string>>();
  const marksOf = (author: string): Set<string> => {
    const receipts = simulator.phone(author)?.receipts() ?? [];
    return new Set(
      receipts.flatMap(({ id, from, type }) =>
        from === reader.number && type === "read" ? [id] : [],
      ),
    );
  };
  return ({ from, id }: { from: string; id: string }): boolean => {
    const own = marks.get(from) ?? marksOf(from);
    marks.set(from, own);
    return own.has(id);
  };
};
