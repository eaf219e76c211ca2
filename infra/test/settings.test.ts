import { expect, test } from "vitest";
import { readSettings } from "../settings.ts";

const read = (context: Record<string, unknown>) => readSettings((name) => context[name]);

test("without settings, the defaults hold", () => {
  expect(read({})).toEqual({});
});

test("settings come from the command line as text", () => {
  expect(
    read({
      stage: "trial",
      shards: "4",
      maxWorkers: "2",
      logRetentionDays: "7",
      allowedOrigins: "https://a.example,https://b.example",
      keepData: "false",
    }),
  ).toEqual({
    stage: "trial",
    shards: 4,
    maxWorkers: 2,
    logRetentionDays: 7,
    allowedOrigins: ["https://a.example", "https://b.example"],
    keepData: false,
  });
});

test("a wrong setting is named, with the form that it must have", () => {
  expect(() => read({ stage: "Big Stage", logRetentionDays: "8" })).toThrow(
    /-c stage: must be up to 20 lower-case letters[^]*-c logRetentionDays: must be a number of days/,
  );
});
