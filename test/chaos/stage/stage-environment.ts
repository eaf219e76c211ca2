import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { KmsStandIn } from "#local/kms/start-kms.ts";
import type { SqsStandIn } from "#local/sqs/start-sqs.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import { environmentDefaults } from "#shared/resources/environment.ts";
import type { Simulator } from "#simulator/simulator.ts";
import { compiledCode } from "#test/compiled-code.ts";

export type Around = {
  dynamodb: StandIn;
  sqs: SqsStandIn;
  s3: StandIn;
  kms: KmsStandIn;
  simulator: Simulator;
};

/** What a runner is told, as a deployment would tell it. */
export function stageEnvironment(around: Around, shards: number): Record<string, string> {
  const { dynamodb, sqs, s3, kms, simulator } = around;
  return {
    ...environmentDefaults,
    PATH: process.env["PATH"] ?? "",
    NODE_COMPILE_CACHE: compiledCode,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: dummyCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: dummyCredentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    WAFLEET_MESSAGES_TABLE: "messages",
    WAFLEET_JOURNAL_TABLE: "journal",
    WAFLEET_FLEET_TABLE: "fleet",
    WAFLEET_COMMANDS_QUEUE_URL: sqs.queueUrl("commands-{shard}.fifo"),
    WAFLEET_EVENTS_QUEUE_URL: sqs.queueUrl("events.fifo"),
    WAFLEET_SNAPSHOTS_BUCKET: "snapshots",
    WAFLEET_BUNDLES_BUCKET: "bundles",
    WAFLEET_MEDIA_BUCKET: "media",
    WAFLEET_TENANT_TARGETS: "any",
    WAFLEET_KEY_ID: "alias/wafleet",
    WAFLEET_SHARDS: String(shards),
    WAFLEET_MESSAGE_RETENTION_DAYS: "30",
    WAFLEET_LOG_LEVEL: "info",
    WAFLEET_WHATSAPP_URL: simulator.url,
    WAFLEET_WHATSAPP_ROOT_KEY: Buffer.from(simulator.rootPublicKey).toString("hex"),
  };
}
