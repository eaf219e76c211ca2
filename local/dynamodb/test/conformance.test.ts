import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, describe } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { describeItems } from "./item-conformance.ts";
import { describeQueries } from "./query-conformance.ts";
import { type LocalDynamodb, startDynamodb } from "../start-dynamodb.ts";

let standIn: LocalDynamodb | undefined;
afterAll(() => standIn?.stop());

async function connect() {
  standIn ??= await startDynamodb();
  return new DynamoDBClient({
    endpoint: standIn.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
  });
}

describeItems("items of the local DynamoDB", connect);
describeQueries("queries of the local DynamoDB", connect);

// The same suites against the real service: each creates one table and deletes it again.
describe.runIf(process.env["WAFLEET_CONFORMANCE_ON_AWS"] === "yes")("with real credentials", () => {
  const connectToAws = () => Promise.resolve(new DynamoDBClient({}));
  describeItems("items of DynamoDB", connectToAws);
  describeQueries("queries of DynamoDB", connectToAws);
});
