import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, describe } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { describeDynamodb } from "./conformance.ts";
import { type LocalDynamodb, startDynamodb } from "../start-dynamodb.ts";

let standIn: LocalDynamodb | undefined;
afterAll(() => standIn?.stop());

describeDynamodb("the local DynamoDB", async () => {
  standIn = await startDynamodb();
  return new DynamoDBClient({
    endpoint: standIn.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
  });
});

// The same suite against the real service: it creates one table and deletes it again.
describe.runIf(process.env["WAFLEET_CONFORMANCE_ON_AWS"] === "yes")("with real credentials", () => {
  describeDynamodb("DynamoDB", () => Promise.resolve(new DynamoDBClient({})));
});
