import { build } from "esbuild";
import { expect, test } from "vitest";

const entries = ["create-client.ts", "events/open-event-stream.ts", "webhooks/verify-webhook.ts"];

test.each(entries)("%s runs in browsers: nothing in it is of Node alone", async (entry) => {
  const { errors, outputFiles } = await build({
    entryPoints: [new URL(`../${entry}`, import.meta.url).pathname],
    bundle: true,
    platform: "browser",
    format: "esm",
    minify: true,
    write: false,
  });
  expect(errors).toEqual([]);
  expect(outputFiles[0]?.text.length).toBeLessThan(40_000);
});
