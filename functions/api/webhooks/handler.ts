import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createSendWork } from "#functions/send-work.ts";
import { sqs } from "#shared/aws/clients.ts";
import { createWebhooksApi } from "./webhooks-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("webhooks");
  const { deps, client } = wireApi("webhooks", environment);
  const { now } = deps;
  return createWebhooksApi({
    ...deps,
    webhooks: { client, name: environment.WAFLEET_WEBHOOKS_TABLE, now },
    secrets: { client, name: environment.WAFLEET_SECRETS_TABLE, now },
    sendWork: createSendWork(sqs(), environment.WAFLEET_WEBHOOKS_QUEUE_URL),
    targets: environment.WAFLEET_TENANT_TARGETS,
  });
});
