import { createConsumer } from "#functions/create-consumer.ts";
import type { Consumer } from "#functions/create-consumer.ts";
import { batchWorkSchema } from "#shared/contracts/batch.ts";
import type { BatchDeps } from "./batch-deps.ts";
import { fanOut } from "./fan-out.ts";

/** The Lambda that makes the messages of batches. */
export function createBatches(deps: BatchDeps): Consumer {
  return createConsumer(deps.log, "a batch", ({ body }) =>
    fanOut(deps, batchWorkSchema.parse(JSON.parse(body))),
  );
}
