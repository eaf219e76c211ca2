import { readdir } from "node:fs/promises";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { toCors } from "#local/stand-in/cors.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { linkAccess } from "#shared/resources/page-access.ts";
import { type S3Options, startS3 } from "../start-s3.ts";

const Bucket = "media";
let local: StandIn;
let client: S3Client;

async function start(options: S3Options = {}) {
  const standIn = await startS3({ buckets: [Bucket], ...options });
  onTestFinished(() => standIn.stop());
  return standIn;
}

function makeClient(endpoint: string, options: Partial<S3ClientConfig> = {}) {
  const made = new S3Client({
    endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    forcePathStyle: true,
    maxAttempts: 1,
    ...options,
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
    const wrong = makeClient(local.endpoint, {
      credentials: { ...dummyCredentials, secretAccessKey: "wrong" },
    });
    await expect(put("x", "x", wrong)).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
    const unknown = makeClient(local.endpoint, {
      credentials: { ...dummyCredentials, accessKeyId: "unknown" },
    });
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

describe("pages", () => {
  const origin = "https://console.example";
  const rule = toCors(linkAccess, [origin]);
  const preflight = (endpoint: string, headers: Record<string, string> = {}, bucket = Bucket) =>
    fetch(`${endpoint}/${bucket}/x?X-Amz-Signature=0`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT", ...headers },
    });

  test("of an allowed origin upload and download by their links", async () => {
    const open = await start({ cors: { [Bucket]: rule } });
    const by = makeClient(open.endpoint, { requestChecksumCalculation: "WHEN_REQUIRED" });
    const asked = await preflight(open.endpoint, {
      "access-control-request-headers": "content-type",
    });
    expect(asked.status).toBe(200);
    expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
    expect(asked.headers.get("access-control-allow-methods")).toContain("PUT");
    expect(asked.headers.get("access-control-allow-headers")).toBe("content-type");
    const command = new PutObjectCommand({ Bucket, Key: "page", ContentType: "image/png" });
    const signableHeaders = new Set(["host", "content-type"]);
    const url = await getSignedUrl(by, command, { signableHeaders });
    const headers = { origin, "content-type": "image/png" };
    const sent = await fetch(url, { method: "PUT", headers, body: "pixels" });
    expect([sent.status, sent.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    const answer = await fetch(await sign(by, "page"), { headers: { origin } });
    expect(await answer.text()).toBe("pixels");
    expect(answer.headers.get("access-control-expose-headers")).toContain("ETag");
  });

  test("see why a request was refused", async () => {
    const open = await start({ cors: { [Bucket]: rule } });
    const answer = await fetch(`${open.endpoint}/${Bucket}/x`, { headers: { origin } });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  });

  test.each<[string, Record<string, string>, string?]>([
    ["of another origin", { origin: "https://other.example" }],
    ["that would delete", { "access-control-request-method": "DELETE" }],
    ["that would send other headers", { "access-control-request-headers": "x-amz-acl" }],
    ["at another bucket", {}, "snapshots"],
  ])("%s are turned away", async (_, headers, bucket) => {
    const open = await start({ buckets: [Bucket, "snapshots"], cors: { [Bucket]: rule } });
    const answer = await preflight(open.endpoint, headers, bucket);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
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
