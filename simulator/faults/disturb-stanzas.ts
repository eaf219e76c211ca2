import type { BinaryNode } from "../stanza/codec.ts";
import type { ActiveFaults } from "./active-faults.ts";

type Direction = "in" | "out";

/** Lets the stanzas of one direction of a connection through, late, overtaken or not at all. */
export const makeDisturbance = (
  faults: ActiveFaults,
  direction: Direction,
  number: () => string,
  pass: (node: BinaryNode) => void,
) => {
  let overtaken: BinaryNode | undefined;
  const late: { due: number; node: BinaryNode }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const passDue = (): void => {
    timer = undefined;
    while (late[0] && late[0].due <= performance.now()) {
      const { node } = late[0];
      late.shift();
      pass(node);
    }
    wait();
  };
  const wait = (): void => {
    const [next] = late;
    if (next && !timer) timer = setTimeout(passDue, Math.max(1, next.due - performance.now()));
  };

  const passInTime = (node: BinaryNode): void => {
    const delay = faults.strike("delay-stanzas", (fault) => concerns(fault, node));
    // Whatever follows a stanza that is late must not overtake it.
    if (!delay && late.length === 0) return pass(node);
    late.push({ due: performance.now() + (delay?.ms ?? 0), node });
    wait();
  };

  const concerns = (
    fault: { direction: Direction; tag?: string | undefined; number?: string | undefined },
    node: BinaryNode,
  ): boolean =>
    fault.direction === direction &&
    (fault.tag === undefined || fault.tag === node.tag) &&
    (fault.number === undefined || fault.number === number());

  const passInOrder = (node: BinaryNode): void => {
    if (node.tag !== "message") return passInTime(node);
    const held = overtaken;
    overtaken = undefined;
    const sameChat = held?.attrs["from"] === node.attrs["from"];
    if (held && sameChat) passInTime(held);
    const reorder =
      direction === "out" && !(held && !sameChat)
        ? faults.strike("reorder-messages", (fault) => [undefined, number()].includes(fault.number))
        : undefined;
    if (reorder) overtaken = node;
    else passInTime(node);
    if (held && !sameChat) passInTime(held);
  };

  return {
    take: (node: BinaryNode): void => {
      if (!faults.strike("drop-stanzas", (fault) => concerns(fault, node))) passInOrder(node);
    },
    stop: (): void => clearTimeout(timer),
  };
};
