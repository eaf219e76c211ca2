import { readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { startChild } from "#local/stand-in/test/start-child.ts";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { startS3 } from "../start-s3.ts";

const Bucket = "snapshots";
const buckets = [Bucket];

function makeClient(endpoint: string) {
  const client = new S3Client({
    endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

const put = (client: S3Client, Key: string, Body = Key) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body }));
const get = async (client: S3Client, Key: string) => {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key }));
  return answer.Body?.transformToString();
};

test("objects survive a restart, and files that belong to none are swept", async () => {
  const dataDir = await temporaryFolder();
  {
    await using first = await startS3({ dataDir, buckets });
    await put(makeClient(first.endpoint), "kept", "old");
    await put(makeClient(first.endpoint), "kept", "new");
  }
  await writeFile(join(dataDir, "s3", "blobs", "left-over"), "x");
  await using second = await startS3({ dataDir, buckets });
  expect(await get(makeClient(second.endpoint), "kept")).toBe("new");
  expect(await readdir(join(dataDir, "s3", "blobs"))).toHaveLength(1);
});

test("no key leaves the folder", async () => {
  const dataDir = await temporaryFolder();
  await using local = await startS3({ dataDir: join(dataDir, "inner"), buckets });
  const client = makeClient(local.endpoint);
  for (const key of ["../../escape", "/etc/x", "..", "a/../../../b"]) {
    await put(client, key);
    expect(await get(client, key)).toBe(key);
  }
  expect(await readdir(dataDir)).toEqual(["inner"]);
  expect((await readdir(join(dataDir, "inner", "s3"))).toSorted()).toEqual(["blobs", "index.log"]);
  expect(await readdir(dirname(dataDir))).not.toContain("escape");
});

test("every acknowledged object survives kill -9 whole", async () => {
  const dataDir = await temporaryFolder();
  const url = import.meta.resolve("../start-s3.ts");
  const { child, endpoint } = await startChild({ url, start: "startS3" }, { dataDir, buckets });
  const client = makeClient(endpoint);
  const content = (key: string) => key.repeat(2000);
  const acknowledged: string[] = [];
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let count = 0; ; count += 1) {
      const key = `${writer}-${count}`;
      await put(client, key, content(key));
      acknowledged.push(key);
      if (acknowledged.length === 60) child.kill("SIGKILL");
    }
  });
  await Promise.allSettled(writers);

  await using second = await startS3({ dataDir, buckets });
  const survivor = makeClient(second.endpoint);
  const lost: string[] = [];
  for (const key of acknowledged) {
    const text = await get(survivor, key).catch(() => undefined);
    if (text !== content(key)) lost.push(key);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);
  expect(lost).toEqual([]);
});
