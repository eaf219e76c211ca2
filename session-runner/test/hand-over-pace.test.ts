import { expect, test } from "vitest";
import { createHandOverPace } from "../fleet/hand-over-pace.ts";

test("a quick machine takes more sessions at a time, a slow one fewer, but always one", () => {
  const pace = createHandOverPace(4);
  for (let round = 0; round < 20; round += 1) pace.note(100);
  expect(pace.count).toBe(32);
  pace.note(700);
  expect(pace.count).toBe(32);
  for (let round = 0; round < 20; round += 1) pace.note(3_000);
  expect(pace.count).toBe(1);
});
