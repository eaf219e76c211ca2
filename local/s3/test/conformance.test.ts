import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, describe } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import { describeS3 } from "./conformance.ts";
import { startS3 } from "../start-s3.ts";

let standIn: StandIn | undefined;
afterAll(() => standIn?.stop());

describeS3("the local S3", async (config) => {
  standIn ??= await startS3();
  return new S3Client({
    endpoint: standIn.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    forcePathStyle: true,
    ...config,
  });
});

// The same suite against the real service: it creates one bucket and deletes it again.
describe.runIf(process.env["WAFLEET_CONFORMANCE_ON_AWS"] === "yes")("with real credentials", () => {
  describeS3("S3", (config = {}) => Promise.resolve(new S3Client(config)));
});
