import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiText } from "#shared/openapi/open-api-text.ts";
import { generate } from "#client/scripts/generate.ts";

const folder = "client/generated/";

test("the client's types are those of the API: run npm run openapi when this fails", async () => {
  expect(readFileSync("docs/openapi.json", "utf8") === openApiText()).toBe(true);
  const wanted = await generate();
  const names = new Set(readdirSync(folder));
  expect(names).toEqual(new Set(Object.keys(wanted)));
  const stale = [...names].filter((name) => readFileSync(folder + name, "utf8") !== wanted[name]);
  expect(stale).toEqual([]);
});
