import { QueryObserver } from "@tanstack/preact-query";
import { expect, test } from "vitest";
import { ViewQueries } from "../live/view-queries.ts";

/** A query whose readings are answered by the test, and who looks at it. */
function scene() {
  const queries = new ViewQueries();
  const answers: ((answer: string) => void)[] = [];
  const options = {
    queryKey: ["batches"],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    staleTime: 5_000,
  };
  return {
    queries,
    answers,
    look: () => new QueryObserver(queries, options).subscribe(() => undefined),
    shown: () => queries.getQueryData(["batches"]),
  };
}

test("what changes while a view reads for the first time is read again", async () => {
  const { queries, answers, look, shown } = scene();
  const leave = look();
  const told = queries.invalidateQueries({ queryKey: ["batches"] });
  answers[0]?.("0 of 2");
  await expect.poll(() => answers).toHaveLength(2);
  answers[1]?.("2 of 2");
  await told;
  expect(shown()).toBe("2 of 2");
  leave();
});

test("what changes after a view was left in the midst of reading is read when it is opened again", async () => {
  const { queries, answers, look, shown } = scene();
  const leave = look();
  leave();
  const told = queries.invalidateQueries();
  answers[0]?.("0 of 2");
  await told;
  expect(answers).toHaveLength(1);
  const leaveAgain = look();
  await expect.poll(() => answers).toHaveLength(2);
  answers[1]?.("2 of 2");
  await expect.poll(shown).toBe("2 of 2");
  leaveAgain();
});
