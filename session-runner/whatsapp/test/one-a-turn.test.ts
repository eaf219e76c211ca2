import { EventEmitter } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { hearOneATurn } from "../one-a-turn.ts";

test("sockets that close in one instant are heard of one a turn, in their order", async () => {
  const heard: string[] = [];
  const emitters = ["a", "b", "c"].map((name) => {
    const emitter = new EventEmitter();
    emitter.on("close", (code: number) => heard.push(`${name} ${code}`));
    hearOneATurn(emitter, "close");
    return emitter;
  });
  for (const emitter of emitters) emitter.emit("close", 1006);
  expect(heard).toEqual([]);

  const counts: number[] = [];
  while (heard.length < 3) {
    await nextTurn();
    counts.push(heard.length);
  }
  expect(heard).toEqual(["a 1006", "b 1006", "c 1006"]);
  // Whichever of the two immediates comes first in a turn, never two are heard in one.
  counts.forEach((count, index) => expect(count - (counts[index - 1] ?? 0)).toBeLessThan(2));
});

test("a listener that throws keeps nobody else waiting", async () => {
  const thrown: unknown[] = [];
  const onUncaught = (error: unknown) => thrown.push(error);
  const before = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", onUncaught);
  const [broken, whole] = [new EventEmitter(), new EventEmitter()];
  const heard: string[] = [];
  broken.on("close", () => {
    throw new Error("broken");
  });
  whole.on("close", () => heard.push("whole"));
  for (const emitter of [broken, whole]) hearOneATurn(emitter, "close");
  for (const emitter of [broken, whole]) emitter.emit("close");
  try {
    while (heard.length === 0) await nextTurn();
  } finally {
    process.off("uncaughtException", onUncaught);
    for (const listener of before) process.on("uncaughtException", listener);
  }
  expect(thrown).toEqual([new Error("broken")]);
});
