import { setTimeout as sleep } from "node:timers/promises";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { createLogger } from "#functions/logger.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createSendWork } from "#functions/send-work.ts";
import { dynamodb, eventBridgeAs, sqs, sqsAs } from "#shared/aws/clients.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { createGuardedAgents } from "#shared/net/guarded-agents.ts";
import { createSendToSink } from "./create-send-to-sink.ts";
import { createDeliver } from "./create-deliver.ts";
import { createPost } from "./post.ts";
import { createSendNotice } from "./send-notice.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("deliver");
  const table = { client: dynamodb(), now: Date.now };
  const queues = sqs();
  const targets = environment.WAFLEET_TENANT_TARGETS;
  return createDeliver({
    webhooks: { ...table, name: environment.WAFLEET_WEBHOOKS_TABLE },
    secrets: { ...table, name: environment.WAFLEET_SECRETS_TABLE },
    messages: { ...table, name: environment.WAFLEET_MESSAGES_TABLE },
    post: createPost({ targets, agents: createGuardedAgents(targets) }),
    sendToSink: createSendToSink({ sqs: sqsAs, eventBridge: eventBridgeAs }),
    sendWork: createSendWork(queues, environment.WAFLEET_WEBHOOKS_QUEUE_URL),
    sendNotice: createSendNotice(queues, environment.WAFLEET_EVENTS_QUEUE_URL),
    sleep,
    now: Date.now,
    metrics: stdoutMetrics(environment.WAFLEET_METRICS),
    log: createLogger("deliver", environment.WAFLEET_LOG_LEVEL),
  });
});
