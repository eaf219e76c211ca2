import type { BatchState } from "#shared/contracts/batch.ts";
import { expect, test } from "vitest";
import { BatchStates } from "../session/batch-states.ts";

/** A batch as it is stored, and reads of it that tests let through. */
function scene() {
  const stored: { state: BatchState } = { state: "running" };
  const reads: (() => void)[] = [];
  const states = new BatchStates(async () => {
    const { state } = stored;
    await new Promise<void>((resolve) => reads.push(resolve));
    return state;
  });
  return { stored, states, reads };
}

test("of a pause and a resumption in the same instant the last one stored counts, whichever is told of last", async () => {
  const { stored, states, reads } = scene();
  stored.state = "paused";
  stored.state = "running";
  const told = ["of the resumption", "of the pause"];
  for (const _ of told) {
    const looking = states.look("batch");
    reads.shift()?.();
    await looking;
  }
  expect(await states.of("batch")).toBe("running");
});

test("a look-up that was under way when a batch changed does not bring its former state back", async () => {
  const { stored, states, reads } = scene();
  const before = states.of("batch");
  stored.state = "cancelled";
  const after = states.look("batch");
  const [first, second] = reads;
  second?.();
  await after;
  first?.();
  expect(await before).toBe("cancelled");
  expect(await states.of("batch")).toBe("cancelled");
});
