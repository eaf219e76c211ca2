import { devNull } from "node:os";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { environmentDefaults } from "#shared/resources/environment.ts";
import type { EnvironmentName } from "#shared/resources/environment.ts";
import {
  bucketName,
  queueName,
  runnerCluster,
  runnerService,
  tableName,
} from "#shared/resources/names.ts";
import { environmentNames, processes } from "#shared/resources/processes.ts";
import type { ProcessName } from "#shared/resources/processes.ts";
import { bucketOwner, keyAlias, operatorSecretName, stage, tokenSecretName } from "./names.ts";
import type { StandIns } from "./runtime.ts";

export type Settings = Record<EnvironmentName, string>;

/** Where everything is, as our own variables say it. */
export function toSettings(
  standIns: Omit<StandIns, "httpApi">,
  choices: { shards: number; logLevel: string; rateLimits: string | undefined },
): Settings {
  return {
    ...environmentDefaults,
    WAFLEET_LOGINS_TABLE: tableName(stage, "logins"),
    WAFLEET_CONTROL_TABLE: tableName(stage, "control"),
    WAFLEET_AUDIT_TABLE: tableName(stage, "audit"),
    WAFLEET_MESSAGES_TABLE: tableName(stage, "messages"),
    WAFLEET_JOURNAL_TABLE: tableName(stage, "journal"),
    WAFLEET_FLEET_TABLE: tableName(stage, "fleet"),
    WAFLEET_WEBHOOKS_TABLE: tableName(stage, "webhooks"),
    WAFLEET_SECRETS_TABLE: tableName(stage, "secrets"),
    WAFLEET_COMMANDS_QUEUE_URL: standIns.sqs.queueUrl(queueName(stage, "commands")),
    WAFLEET_EVENTS_QUEUE_URL: standIns.sqs.queueUrl(queueName(stage, "events")),
    WAFLEET_WEBHOOKS_QUEUE_URL: standIns.sqs.queueUrl(queueName(stage, "webhooks")),
    WAFLEET_BATCHES_QUEUE_URL: standIns.sqs.queueUrl(queueName(stage, "batches")),
    WAFLEET_TENANT_TARGETS: "any",
    WAFLEET_SNAPSHOTS_BUCKET: bucketName(stage, "snapshots", bucketOwner),
    WAFLEET_BUNDLES_BUCKET: bucketName(stage, "bundles", bucketOwner),
    WAFLEET_MEDIA_BUCKET: bucketName(stage, "media", bucketOwner),
    WAFLEET_KEY_ID: standIns.kms.keyArn(keyAlias),
    WAFLEET_TOKEN_SECRET_ID: standIns.secrets.secretArn(tokenSecretName),
    WAFLEET_OPERATOR_SECRET_ID: standIns.secrets.secretArn(operatorSecretName),
    WAFLEET_MANAGEMENT_ENDPOINT: standIns.socketApi.managementEndpoint,
    // Everybody here is one address, and often one account.
    WAFLEET_RATE_LIMITS: choices.rateLimits ?? "address:0,account:0,key:0,session:0",
    WAFLEET_RUNNER_SERVICE: `${runnerCluster(stage)}/${runnerService(stage)}`,
    WAFLEET_SHARDS: String(choices.shards),
    WAFLEET_LOG_LEVEL: choices.logLevel,
  };
}

/** Where everything is, as the AWS SDK reads it. */
export function toAwsVariables(standIns: Omit<StandIns, "httpApi">): Record<string, string> {
  return {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: dummyCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: dummyCredentials.secretAccessKey,
    // A profile of the person at this machine must not have a say.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_ENDPOINT_URL_DYNAMODB: standIns.dynamodb.endpoint,
    AWS_ENDPOINT_URL_SQS: standIns.sqs.endpoint,
    AWS_ENDPOINT_URL_S3: standIns.s3.endpoint,
    AWS_ENDPOINT_URL_ECS: standIns.ecs.endpoint,
    AWS_ENDPOINT_URL_KMS: standIns.kms.endpoint,
    AWS_ENDPOINT_URL_STS: standIns.sts.endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: standIns.events.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: standIns.secrets.endpoint,
  };
}

/** Exactly the settings that the process is bound to, as when deployed. */
export function settingsOf(process: ProcessName, settings: Settings): Record<string, string> {
  return Object.fromEntries(
    environmentNames(processes[process]).map((name) => [name, settings[name]]),
  );
}
