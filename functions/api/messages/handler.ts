import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { noteCommands } from "#functions/note-commands.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createSendBatchWork } from "#functions/send-batch-work.ts";
import { createMediaFiles } from "#functions/media-files.ts";
import { s3, s3ForLinks, sqs } from "#shared/aws/clients.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { createMessagesApi } from "./messages-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("messages");
  const { deps, client } = wireApi("messages", environment);
  const queues = sqs();
  return createMessagesApi({
    ...deps,
    messages: { client, name: environment.WAFLEET_MESSAGES_TABLE, now: deps.now },
    commands: {
      client: queues,
      url: environment.WAFLEET_COMMANDS_QUEUE_URL,
      onSent: noteCommands(deps.log, stdoutMetrics(environment.WAFLEET_METRICS)),
    },
    media: createMediaFiles(
      { s3: s3(), links: s3ForLinks() },
      environment.WAFLEET_MEDIA_BUCKET,
      deps.now,
    ),
    sendBatchWork: createSendBatchWork(queues, environment.WAFLEET_BATCHES_QUEUE_URL),
    retentionDays: environment.WAFLEET_MESSAGE_RETENTION_DAYS,
  });
});
