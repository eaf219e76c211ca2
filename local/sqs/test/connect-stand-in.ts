import { SQSClient } from "@aws-sdk/client-sqs";

/** An SDK client for a local endpoint. */
export function connectStandIn(endpoint: string, maxAttempts = 1): SQSClient {
  return new SQSClient({
    endpoint,
    maxAttempts,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}
