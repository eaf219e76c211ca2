import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings, settingNames } from "../settings.ts";

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
      proxyPorts: "1080,9050",
      keepData: "false",
    }),
  ).toEqual({
    stage: "trial",
    shards: 4,
    maxWorkers: 2,
    logRetentionDays: 7,
    allowedOrigins: ["https://a.example", "https://b.example"],
    proxyPorts: [1080, 9050],
    keepData: false,
  });
});

test("a wrong setting is named, with the form that it must have", () => {
  expect(() => read({ stage: "Big Stage", logRetentionDays: "8" })).toThrow(
    /-c stage: must be up to 20 lower-case letters[^]*-c logRetentionDays: must be a number of days/,
  );
});

test("a name of one's own comes with its certificate", () => {
  const certificateArn = "arn:aws:acm:eu-west-1:111111111111:certificate/0";
  expect(read({ domain: "wa.example.com", certificateArn, hostedZone: "Z01:example.com" })).toEqual(
    {
      domain: {
        name: "wa.example.com",
        certificateArn,
        hostedZone: { id: "Z01", name: "example.com" },
      },
    },
  );
  expect(() => read({ domain: "wa.example.com" })).toThrow(/-c certificateArn: must come with/);
});

test.each(settingNames)("%s is in the deployment guide", (name) => {
  const guide = readFileSync(join(import.meta.dirname, "../../docs/deploy.md"), "utf8");
  expect(guide).toContain(`\`${name}\``);
});
