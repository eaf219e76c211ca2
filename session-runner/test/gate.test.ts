import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createGate } from "../session/gate.ts";

const limits = { atOnce: 100, perSecond: Number.POSITIVE_INFINITY, patienceMs: 60_000 };

test("of many that ask at once, one begins in a turn of the event loop", async () => {
  const gate = createGate(limits, () => 0);
  let begun = 0;
  const leaves = Array.from({ length: 5 }, () =>
    gate.enter().then((leave) => {
      begun += 1;
      return leave;
    }),
  );
  const counts: number[] = [];
  while (begun < leaves.length) {
    await nextTurn();
    counts.push(begun);
  }
  counts.forEach((count, index) => expect(count - (counts[index - 1] ?? 0)).toBeLessThan(2));
  for (const leave of await Promise.all(leaves)) leave();
});

test("no more are inside than may be, and the next is who asked first", async () => {
  const gate = createGate({ ...limits, atOnce: 1 }, () => 0);
  const begun: string[] = [];
  const enter = (name: string) =>
    gate.enter().then((leave) => {
      begun.push(name);
      return leave;
    });
  const [first, second, third] = [enter("first"), enter("second"), enter("third")];
  const leaveFirst = await first;
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  expect(begun).toEqual(["first"]);
  leaveFirst();
  // Said twice, it lets nobody else in.
  leaveFirst();
  const leaveSecond = await second;
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  expect(begun).toEqual(["first", "second"]);
  leaveSecond();
  (await third)();
});

test("who is not done in time keeps nobody else waiting", async () => {
  const gate = createGate({ ...limits, atOnce: 1, patienceMs: 1 }, () => 0);
  await gate.enter();
  (await gate.enter())();
});
