import { readdir } from "node:fs/promises";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { type S3Options, startS3 } from "../start-s3.ts";

const Bucket = "media";
let local: StandIn;
let client: S3Client;

async function start(options: S3Options = {}) {
  const standIn = await startS3({ buckets: [Bucket], ...options });
  onTestFinished(() => standIn.stop());
  return standIn;
}

function makeClient(endpoint: string, credentials = dummyCredentials) {
  const made = new S3Client({
    endpoint,
    region: "us-east-1",
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  onTestFinished(() => made.destroy());
  return made;
}

beforeEach(async () => {
  local = await start();
  client = makeClient(local.endpoint);
});

const put = (Key: string, Body = Key, by = client) =>
  by.send(new PutObjectCommand({ Bucket, Key, Body }));
const get = async (Key: string, by = client) => {
  const answer = await by.send(new GetObjectCommand({ Bucket, Key }));
  return answer.Body?.transformToString();
};
const sign = (by: S3Client, Key: string) =>
  getSignedUrl(by, new GetObjectCommand({ Bucket, Key }), { expiresIn: 60 });

describe("signatures", () => {
  test("nobody gets in without one", async () => {
    await put("private");
    const answer = await fetch(`${local.endpoint}/${Bucket}/private`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("<Code>AccessDenied</Code>");
  });

  test("a wrong secret and an unknown key are refused", async () => {
    const wrong = makeClient(local.endpoint, { ...dummyCredentials, secretAccessKey: "wrong" });
    await expect(put("x", "x", wrong)).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
    const unknown = makeClient(local.endpoint, { ...dummyCredentials, accessKeyId: "unknown" });
    await expect(put("x", "x", unknown)).rejects.toMatchObject({ name: "InvalidAccessKeyId" });
  });

  test("a presigned URL works until it expires, and not before its time", async () => {
    let now = Date.now();
    const timed = await start({ clock: () => now });
    const signer = makeClient(timed.endpoint);
    await put("timed", "timed", signer);
    const url = await sign(signer, "timed");
    expect((await fetch(url)).status).toBe(200);
    now += 62_000;
    const late = await fetch(url);
    expect(late.status).toBe(403);
    expect(await late.text()).toContain("Request has expired");
    now -= 20 * 60_000;
    expect((await fetch(url)).status).toBe(403);
  });

  test("a signed request cannot be replayed after a quarter of an hour", async () => {
    const late = await start({ clock: () => Date.now() + 16 * 60_000 });
    const once = new S3Client({
      endpoint: late.endpoint,
      region: "us-east-1",
      credentials: dummyCredentials,
      forcePathStyle: true,
      maxAttempts: 1,
    });
    onTestFinished(() => once.destroy());
    await expect(put("x", "x", once)).rejects.toMatchObject({ name: "RequestTimeTooSkewed" });
  });

  test("a presigned URL holds for the host that it was made for", async () => {
    await put("host");
    const url = await sign(client, "host");
    expect((await fetch(url.replace("127.0.0.1", "localhost"))).status).toBe(403);
  });

  test("a header that changes what is stored cannot be added to a presigned URL", async () => {
    await put("header");
    const headers = { "x-amz-meta-added": "1" };
    expect((await fetch(await sign(client, "header"), { headers })).status).toBe(403);
  });

  test("an upload with the default checksum of an SDK's URL is refused, as it is by S3", async () => {
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "up" }));
    const answer = await fetch(url, { method: "PUT", body: "content" });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("<Code>BadDigest</Code>");
  });
});

describe("browsers", () => {
  const ask = (endpoint: string, origin: string) =>
    fetch(`${endpoint}/${Bucket}/x`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT" },
    });

  test("may use presigned URLs from any page by default", async () => {
    await put("page");
    const preflight = await ask(local.endpoint, "http://localhost:3000");
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get("access-control-allow-methods")).toContain("PUT");
    const answer = await fetch(await sign(client, "page"), {
      headers: { origin: "http://localhost:3000" },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toContain("ETag");
  });

  test("see why a request was refused", async () => {
    const answer = await fetch(`${local.endpoint}/${Bucket}/x`, {
      headers: { origin: "http://localhost:3000" },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("are kept out of other pages when origins are configured", async () => {
    const strict = await start({
      cors: { allowOrigins: ["https://console.example"], allowMethods: ["GET"] },
    });
    expect((await ask(strict.endpoint, "https://console.example")).status).toBe(200);
    expect((await ask(strict.endpoint, "https://other.example")).status).toBe(403);
  });
});

describe("faults", () => {
  test("a throttled upload stores nothing and costs nothing", async () => {
    local.faults.add({ kind: "throttle", operation: "PutObject", times: 1 });
    await expect(put("slow")).rejects.toMatchObject({
      name: "SlowDown",
      $metadata: { httpStatusCode: 503 },
    });
    expect(local.meter.read()).toEqual({});
    await expect(get("slow")).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  test("an upload whose answer is dropped is stored", async () => {
    local.faults.add({ kind: "drop-answer", match: "media/dropped", times: 1 });
    await expect(put("dropped")).rejects.toThrow();
    expect(await get("dropped")).toBe("dropped");
  });

  test("a refused connection stores nothing", async () => {
    local.faults.add({ kind: "refuse", times: 1 });
    await expect(put("refused")).rejects.toThrow();
    await expect(get("refused")).rejects.toMatchObject({ name: "NoSuchKey" });
  });
});

test("the meter counts writes and reads as they are billed", async () => {
  await put("billed");
  await get("billed");
  await expect(get("absent")).rejects.toThrow();
  expect(local.meter.read()).toEqual({
    "s3.put-requests": 1,
    "s3.get-requests": 2,
    "s3.PutObject": 1,
    "s3.GetObject": 2,
  });
});

test("a download goes on while the object is replaced", async () => {
  const large = "x".repeat(8 * 1024 * 1024);
  await put("replaced", large);
  const answer = await client.send(new GetObjectCommand({ Bucket, Key: "replaced" }));
  await put("replaced", "new");
  expect(await answer.Body?.transformToString()).toBe(large);
  expect(await get("replaced")).toBe("new");
});

test("an upload that breaks off leaves nothing behind", async () => {
  const folder = await temporaryFolder();
  const kept = await start({ dataDir: folder });
  const url = await getSignedUrl(
    makeClient(kept.endpoint),
    new PutObjectCommand({ Bucket, Key: "broken" }),
  );
  const half = new AbortController();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(100_000)),
  });
  const upload = fetch(url, { method: "PUT", body, duplex: "half", signal: half.signal });
  const blobs = () => readdir(`${folder}/s3/blobs`);
  await expect.poll(async () => (await blobs()).length).toBe(1);
  half.abort();
  await expect(upload).rejects.toThrow();
  await expect.poll(async () => (await blobs()).length).toBe(0);
});
