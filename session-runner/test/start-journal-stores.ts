import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { startDynamodb } from "#local/dynamodb/start-dynamodb.ts";
import { startKms } from "#local/kms/start-kms.ts";
import { startS3 } from "#local/s3/start-s3.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { tables } from "#shared/resources/tables.ts";
import { createDataKeys } from "../journal/data-key.ts";
import { createEntryStore } from "../journal/entry-store.ts";
import { createHeadStore } from "../journal/head-store.ts";
import { createSnapshotStore } from "../journal/snapshot-store.ts";
import { fullTrust } from "./full-trust.ts";

/** A journal's stores over real clients, with the switches of what they talk to. */
export async function startJournalStores() {
  const [dynamodb, s3, kms] = await Promise.all([
    startDynamodb({ tables: [{ ...tables.journal, name: "journal" }] }),
    startS3({ buckets: ["snapshots"] }),
    startKms({ aliases: ["alias/wafleet"] }),
  ]);
  const at = (endpoint: string) => ({
    endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
  });
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const database = DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...at(dynamodb.endpoint), maxAttempts: 1 }),
  );
  const storage = new S3Client({ ...at(s3.endpoint), forcePathStyle: true });
  const keys = new KMSClient(at(kms.endpoint));
  return {
    dynamodb,
    s3,
    clock,
    database,
    stores: {
      now,
      entries: createEntryStore(database, "journal"),
      heads: createHeadStore(database, "journal"),
      snapshots: createSnapshotStore(storage, "snapshots"),
      dataKeys: createDataKeys(keys, "alias/wafleet"),
      trust: fullTrust,
    },
    async [Symbol.asyncDispose]() {
      for (const client of [database, storage, keys]) client.destroy();
      await Promise.all([dynamodb.stop(), s3.stop(), kms.stop()]);
    },
  };
}
