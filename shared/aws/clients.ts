// One place that makes AWS clients. Endpoints, region and credentials come from the standard AWS
// environment variables (AWS_ENDPOINT_URL_… points at other endpoints), never from code.
import { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ECSClient } from "@aws-sdk/client-ecs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { HttpRequest } from "@smithy/core/protocols";
import { roleCredentials } from "./role-credentials.ts";
import type { RoleClient } from "./role-credentials.ts";

/** Milliseconds; the SDK's own defaults wait far too long for anyone who holds a lease. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };

/**
 * The SDK copies each request and answer for a log that nobody reads (27 KB a message sent), and puts
 * its name together anew for each.
 */
function leaner<Client extends SQSClient | DynamoDBClient>(client: Client): Client {
  const stack = client.middlewareStack as SQSClient["middlewareStack"];
  stack.remove("loggerMiddleware");
  stack.remove("getUserAgentMiddleware");
  stack.add(
    (next) => (args) => {
      if (HttpRequest.isInstance(args.request)) args.request.headers["user-agent"] = "wafleet";
      return next(args);
    },
    { step: "build", name: "nameUserAgent" },
  );
  return client;
}

/**
 * For what sends and receives without a pause: the middleware of a kind of command is put together
 * once, not for each (a quarter of a request's CPU), and bodies are not hashed once more with MD5:
 * TLS and the signature vouch for them. Our queues are where the client looks for them anyway.
 */
const sqsSettings = { cacheMiddleware: true, md5: false, useQueueUrlAsEndpoint: false } as const;

export type AttemptLimit = { maxAttempts?: number };

export function dynamodb(options: AttemptLimit = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: options.maxAttempts ?? 3,
    requestHandler: timeouts,
  });
  leaner(client);
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** For senders. A consumer's long poll lasts 20 s: see {@link sqsConsumer}. */
export function sqs(): SQSClient {
  return leaner(new SQSClient({ ...sqsSettings, requestHandler: timeouts }));
}

export function sqsConsumer(): SQSClient {
  const requestHandler = { ...timeouts, requestTimeout: 25_000 };
  return leaner(new SQSClient({ ...sqsSettings, requestHandler }));
}

/** For a queue of somebody else's AWS account, in whose role it sends. */
export function sqsAs({ role, region }: RoleClient): SQSClient {
  const credentials = roleCredentials(sts(), role);
  const options = { region, credentials, requestHandler: timeouts, useQueueUrlAsEndpoint: false };
  return new SQSClient(options);
}

export function s3(): S3Client {
  // Path style works with AWS too, and with endpoints whose host has no wildcard name.
  return new S3Client({ forcePathStyle: true });
}

/** For presigned links: the SDK would put the checksum of no body into them, which no upload has. */
export function s3ForLinks(): S3Client {
  return new S3Client({ forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED" });
}

export function kms(): KMSClient {
  return new KMSClient({ requestHandler: timeouts });
}

export function ecs(): ECSClient {
  return new ECSClient({ requestHandler: timeouts });
}

export function eventBridge(): EventBridgeClient {
  return new EventBridgeClient({ requestHandler: timeouts });
}

/** For a bus of somebody else's AWS account, in whose role it sends. */
export function eventBridgeAs({ role, region }: RoleClient): EventBridgeClient {
  const credentials = roleCredentials(sts(), role);
  return new EventBridgeClient({ region, credentials, requestHandler: timeouts });
}

let shared: STSClient | undefined;

/** One for all roles: what it hands out is kept by the clients that asked. */
function sts(): STSClient {
  shared ??= new STSClient({ requestHandler: timeouts });
  return shared;
}

export function secretsManager(): SecretsManagerClient {
  return new SecretsManagerClient({ requestHandler: timeouts });
}

export function managementApi(endpoint: string): ApiGatewayManagementApiClient {
  return new ApiGatewayManagementApiClient({ endpoint, requestHandler: timeouts });
}
