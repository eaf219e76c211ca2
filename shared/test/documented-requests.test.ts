import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { registerBody } from "../contracts/account.ts";
import { createBatchBody } from "../contracts/batch.ts";
import { sendRequestBody } from "../contracts/send-request.ts";
import { createSessionBody } from "../contracts/session.ts";

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

/** The JSON documents of a page's examples, each on a line of its own. */
async function examplesIn(path: string): Promise<unknown[]> {
  const blocks = [...(await read(path)).matchAll(/^```json\n(.*?)^```/gms)];
  return blocks.flatMap(([, block = ""]) =>
    block
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  );
}

test("each message that the documentation shows would be accepted, and there is one of every kind", async () => {
  const examples = await examplesIn("docs/messages.md");
  for (const one of examples) {
    expect(sendRequestBody.safeParse(one).error, JSON.stringify(one)).toBeUndefined();
  }
  const kinds = new Set(sendRequestBody.options.map(({ shape }) => shape.type.value));
  expect(new Set(examples.map((one) => (one as { type: string }).type))).toEqual(kinds);
});

test("so would be the batches that it shows", async () => {
  const examples = await examplesIn("docs/sending.md");
  expect(examples).not.toEqual([]);
  for (const one of examples) expect(createBatchBody.safeParse(one).error).toBeUndefined();
});

test("and the requests that the first page shows", async () => {
  const bodies = [...(await read("README.md")).matchAll(/-d '(\{.*?\})'/g)].map(
    ([, body = ""]) => JSON.parse(body) as unknown,
  );
  const schemas = [registerBody, createSessionBody, sendRequestBody];
  expect(bodies).toHaveLength(schemas.length);
  for (const [index, schema] of schemas.entries()) {
    expect(schema.safeParse(bodies[index]).error).toBeUndefined();
  }
});
