import { expect, test } from "vitest";
import { failedMessageIds } from "../failed-message-ids.ts";

const ids = ["a", "b", "c"];
const report = (...itemIdentifiers: unknown[]) => ({
  batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

test.each([
  ["nothing", null, []],
  ["an empty object", {}, []],
  ["no list", { batchItemFailures: null }, []],
  ["an empty list", report(), []],
  ["some of them", report("b", "c"), ["b", "c"]],
  ["an unknown one", report("b", "x"), ids],
  ["an empty name", report(""), ids],
  ["a missing name", { batchItemFailures: [{}] }, ids],
  ["a name that is null", report(null), ids],
  ["no list but text", { batchItemFailures: "b" }, ids],
  ["a list of text", { batchItemFailures: ["b"] }, ids],
])("a function that reports %s fails what Lambda says", (_what, result, failed) => {
  expect([...failedMessageIds(result, ids)]).toEqual(failed);
});
