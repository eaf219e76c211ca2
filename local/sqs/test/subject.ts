import type { SQSClient } from "@aws-sdk/client-sqs";

/** An SQS to be tested: a stand-in of ours, or AWS itself. */
export type Subject = {
  client: SQSClient;
  /** Lets so many seconds go by: by the clock's hand for a stand-in, by waiting for AWS. */
  pass(seconds: number): Promise<void>;
  /** `WaitTimeSeconds` of a receive that may rightly come back empty. */
  pollSeconds: number;
  stop(): Promise<void>;
};
