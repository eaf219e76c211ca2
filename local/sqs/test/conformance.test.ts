import { setTimeout as sleep } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import { startSqs } from "../start-sqs.ts";
import { connectStandIn } from "./connect-stand-in.ts";
import { sqsConformance } from "./sqs-conformance.ts";
import type { Subject } from "./subject.ts";

sqsConformance("the local SQS", async () => {
  let now = 1_800_000_000_000;
  const standIn = await startSqs({ now: () => now });
  const client = connectStandIn(standIn.endpoint);
  return {
    client,
    pollSeconds: 0,
    async pass(seconds) {
      now += seconds * 1000;
    },
    async stop() {
      client.destroy();
      await standIn.stop();
    },
  };
});

// The truth itself: region and credentials come from the environment, and the waits are real.
if (process.env["WAFLEET_CONFORMANCE_AWS"] === "1") {
  const connect = async (): Promise<Subject> => {
    const client = new SQSClient();
    return {
      client,
      pollSeconds: 2,
      async pass(seconds) {
        await sleep(seconds * 1000 + 500);
      },
      async stop() {
        client.destroy();
      },
    };
  };
  sqsConformance("SQS on AWS", connect, 600_000);
}
