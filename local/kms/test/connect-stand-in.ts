import { KMSClient } from "@aws-sdk/client-kms";

/** An SDK client for a local endpoint. */
export function connectStandIn(endpoint: string, maxAttempts = 1): KMSClient {
  return new KMSClient({
    endpoint,
    maxAttempts,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}
