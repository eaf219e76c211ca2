import { lambdaEntry } from "#functions/lambda-entry.ts";
import { createHangUp } from "#functions/hang-up.ts";
import { createLogger } from "#functions/logger.ts";
import { createPush } from "#functions/push.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createSendWork } from "#functions/send-work.ts";
import { createBusSink } from "#functions/sinks/create-bus-sink.ts";
import { createQueueSink } from "#functions/sinks/create-queue-sink.ts";
import { dynamodb, eventBridge, managementApi, sqs } from "#shared/aws/clients.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { createComeAgain } from "./create-come-again.ts";
import { createDispatch } from "./create-dispatch.ts";
import { createLiveCheck } from "./create-live-check.ts";
import { createSinks } from "./create-sinks.ts";
import { createTallyKeeper } from "./create-tally-keeper.ts";
import { createNoteChat } from "./create-note-chat.ts";
import { createRetentionOf } from "./create-retention-of.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("dispatch");
  const table = { client: dynamodb(), now: Date.now };
  const control = { ...table, name: environment.WAFLEET_CONTROL_TABLE };
  const messages = { ...table, name: environment.WAFLEET_MESSAGES_TABLE };
  const log = createLogger("dispatch", environment.WAFLEET_LOG_LEVEL);
  const client = managementApi(environment.WAFLEET_MANAGEMENT_ENDPOINT);
  return createDispatch({
    control,
    messages,
    noteChat: createNoteChat(messages),
    retentionOf: createRetentionOf(control, environment.WAFLEET_MESSAGE_RETENTION_DAYS),
    webhooks: { ...table, name: environment.WAFLEET_WEBHOOKS_TABLE },
    sendWork: createSendWork(sqs(), environment.WAFLEET_WEBHOOKS_QUEUE_URL),
    push: createPush(client),
    hangUp: createHangUp(client),
    isLive: createLiveCheck(control),
    metrics: stdoutMetrics(environment.WAFLEET_METRICS),
    feedSinks: createSinks([
      environment.WAFLEET_SINK_BUS && createBusSink(eventBridge(), environment.WAFLEET_SINK_BUS),
      environment.WAFLEET_SINK_QUEUE_URL &&
        createQueueSink(sqs(), environment.WAFLEET_SINK_QUEUE_URL),
    ]),
    comeAgain: createComeAgain(sqs(), environment.WAFLEET_EVENTS_QUEUE_URL),
    keepTallies: createTallyKeeper({ messages, log }),
    log,
    eventRetentionDays: environment.WAFLEET_EVENT_RETENTION_DAYS,
  });
});
