import { KMSClient } from "@aws-sdk/client-kms";
import { startKms } from "../start-kms.ts";
import { connectStandIn } from "./connect-stand-in.ts";
import { kmsConformance } from "./kms-conformance.ts";

kmsConformance("the local KMS", async () => {
  const alias = "alias/wafleet";
  const standIn = await startKms({ aliases: [alias] });
  const client = connectStandIn(standIn.endpoint);
  return {
    client,
    alias,
    async stop() {
      client.destroy();
      await standIn.stop();
    },
  };
});

// The truth itself: region and credentials come from the environment, the alias has to be there.
if (process.env["WAFLEET_CONFORMANCE_AWS"] === "1") {
  kmsConformance("KMS on AWS", async () => {
    const client = new KMSClient();
    return {
      client,
      alias: process.env["WAFLEET_CONFORMANCE_KMS_ALIAS"] ?? "alias/wafleet-conformance",
      async stop() {
        client.destroy();
      },
    };
  });
}
