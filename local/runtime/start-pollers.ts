import { SQSClient } from "@aws-sdk/client-sqs";
import { startQueuePoller } from "#local/lambda/start-queue-poller.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { queues } from "#shared/resources/queues.ts";
import type { QueueResource } from "#shared/resources/queues.ts";
import type { EnvironmentName } from "#shared/resources/environment.ts";
import type { Settings } from "./environment.ts";

type PollerDeps = {
  settings: Settings;
  invoke: (lambda: string, event: unknown) => Promise<unknown>;
  onError: (error: unknown) => void;
};

/** How many batches of one queue are worked on at a time. */
const concurrency = 4;

/** Feeds queues to their Lambdas as the queue table says. */
export function startPollers(started: AsyncDisposableStack, deps: PollerDeps): void {
  const { settings, invoke, onError } = deps;
  for (const [name, { feeds }] of Object.entries<QueueResource>(queues)) {
    if (!feeds) continue;
    const queueUrl = settings[`WAFLEET_${name.toUpperCase()}_QUEUE_URL` as EnvironmentName];
    const client = new SQSClient({
      endpoint: new URL(queueUrl).origin,
      region: "us-east-1",
      credentials: dummyCredentials,
    });
    started.defer(() => client.destroy());
    const poller = startQueuePoller({ ...feeds, client, queueUrl, invoke, onError, concurrency });
    started.defer(() => poller.stop());
  }
}
