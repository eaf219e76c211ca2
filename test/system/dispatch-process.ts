// A dispatcher as a process of its own, to be killed. Its argument is the URL of the events queue.
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { handler } from "#functions/dispatch/handler.ts";
import { startQueuePoller } from "#local/lambda/start-queue-poller.ts";

startQueuePoller({
  client: new SQSClient(),
  queueUrl: process.argv[2] ?? "",
  lambda: "dispatch",
  invoke: (_lambda, event) => handler(event as never, {} as Context),
  batchSize: 10,
  concurrency: 4,
  // What a killed one had in hand comes again soon.
  visibilityTimeoutSeconds: 2,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});
process.stdout.write("ready\n");
