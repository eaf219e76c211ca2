// What the stand-in and the real service have to answer alike. Uses the SDK alone.
import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeMultipartUploads } from "./multipart-conformance.ts";
import { describePresignedUrls } from "./presigned-conformance.ts";

/** Declares the suite; `connect` is called once, before the first test. */
export function describeS3(
  name: string,
  connect: (config?: S3ClientConfig) => Promise<S3Client>,
): void {
  describe(name, () => {
    const Bucket = `conformance-${randomUUID()}`;
    let client: S3Client;

    beforeAll(async () => {
      client = await connect();
      await client.send(new CreateBucketCommand({ Bucket }));
    });

    afterAll(async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
      await client.send(new DeleteBucketCommand({ Bucket }));
      client.destroy();
    });

    const put = (Key: string, rest: Partial<PutObjectCommandInput> = {}) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body: Key, ...rest }));
    const get = async (Key: string, rest: Partial<GetObjectCommandInput> = {}) => {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...rest }));
      return { ...answer, text: await answer.Body?.transformToString() };
    };

    test("an object comes back with its content, type, metadata and tag", async () => {
      const body = randomBytes(300_000);
      const sent = await put("round-trip", {
        Body: body,
        ContentType: "image/png",
        CacheControl: "no-store",
        Metadata: { session: "one" },
      });
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: "round-trip" }));
      expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? [])).toEqual(body);
      expect(answer).toMatchObject({
        ContentType: "image/png",
        CacheControl: "no-store",
        Metadata: { session: "one" },
        ContentLength: 300_000,
        ETag: sent.ETag,
        ChecksumCRC32: sent.ChecksumCRC32,
      });
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: "round-trip" }));
      expect(head).toMatchObject({ ContentLength: 300_000, Metadata: { session: "one" } });
    });

    test("a stream of known length is stored, with a checksum that comes after it", async () => {
      const parts = [Buffer.alloc(70_000, "a"), Buffer.alloc(30_000, "b")];
      await put("stream", { Body: Readable.from(parts), ContentLength: 100_000 });
      expect((await get("stream")).text).toBe(Buffer.concat(parts).toString());
    });

    test("an empty object is an object", async () => {
      await put("empty", { Body: "" });
      expect(await get("empty")).toMatchObject({ text: "", ContentLength: 0 });
    });

    test("a wrong checksum is refused and nothing stored", async () => {
      const refused = put("wrong", { ChecksumCRC32: "AAAAAA==" });
      await expect(refused).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
      await expect(get("wrong")).rejects.toMatchObject({ name: "NoSuchKey" });
    });

    test.each(["../escape", "a//b", "späces and ü+&%", "deep/../../x", "trailing/", "q?x=1#y"])(
      "the key %s is just a name",
      async (key) => {
        await put(key, { Body: "content" });
        expect((await get(key)).text).toBe("content");
        const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: key }));
        expect(Contents?.map((object) => object.Key)).toEqual([key]);
        await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
      },
    );

    test("a part of an object can be read", async () => {
      await put("range", { Body: "0123456789" });
      expect(await get("range", { Range: "bytes=2-4" })).toMatchObject({
        text: "234",
        ContentRange: "bytes 2-4/10",
        ContentLength: 3,
      });
      expect((await get("range", { Range: "bytes=-2" })).text).toBe("89");
      await expect(get("range", { Range: "bytes=10-" })).rejects.toMatchObject({
        name: "InvalidRange",
      });
    });

    test("of many writers that all require absence exactly one wins", async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, writer) =>
          put("race", { Body: String(writer), IfNoneMatch: "*" }),
        ),
      );
      const winners = results.flatMap((result, writer) =>
        result.status === "fulfilled" ? [String(writer)] : [],
      );
      expect(winners).toEqual([(await get("race")).text]);
      for (const result of results) {
        if (result.status === "rejected") {
          expect((result.reason as Error).name).toMatch(
            /^(PreconditionFailed|ConditionalRequestConflict)$/,
          );
        }
      }
    });

    test("a write can require the version that it replaces", async () => {
      const first = await put("version", { Body: "1" });
      const second = await put("version", { Body: "2", IfMatch: first.ETag });
      await expect(put("version", { Body: "3", IfMatch: first.ETag })).rejects.toMatchObject({
        name: "PreconditionFailed",
      });
      expect((await get("version")).ETag).toBe(second.ETag);
    });

    test("a read can require a change", async () => {
      const { ETag } = await put("change");
      await expect(get("change", { IfNoneMatch: ETag })).rejects.toMatchObject({
        $metadata: { httpStatusCode: 304 },
      });
      expect((await get("change", { IfMatch: ETag })).text).toBe("change");
      await expect(get("change", { IfMatch: '"other"' })).rejects.toMatchObject({
        name: "PreconditionFailed",
      });
    });

    test("what is absent is named", async () => {
      await expect(get("absent")).rejects.toMatchObject({ name: "NoSuchKey" });
      const head = client.send(new HeadObjectCommand({ Bucket, Key: "absent" }));
      await expect(head).rejects.toMatchObject({ name: "NotFound" });
      const elsewhere = new GetObjectCommand({ Bucket: `absent-${randomUUID()}`, Key: "x" });
      await expect(client.send(elsewhere)).rejects.toMatchObject({ name: "NoSuchBucket" });
      await client.send(new HeadBucketCommand({ Bucket }));
    });

    test("deleting what is not there is fine", async () => {
      await put("delete");
      for (let round = 0; round < 2; round += 1) {
        await client.send(new DeleteObjectCommand({ Bucket, Key: "delete" }));
      }
      await expect(get("delete")).rejects.toMatchObject({ name: "NoSuchKey" });
    });

    test("many objects are deleted at once", async () => {
      const keys = ["many/<1>", "many/&2", "many/3"];
      for (const key of keys) await put(key);
      const answer = await client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
      );
      expect(answer.Deleted?.map((object) => object.Key).toSorted()).toEqual(keys.toSorted());
      const left = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "many/" }));
      expect(left.KeyCount).toBe(0);
    });

    test("a listing goes page by page through keys and folders", async () => {
      for (const key of ["list/a", "list/b/1", "list/b/2", "list/c", "list/d/1"]) await put(key);
      const seen: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket,
            Prefix: "list/",
            Delimiter: "/",
            MaxKeys: 1,
            ContinuationToken,
          }),
        );
        expect(page.KeyCount).toBe(1);
        seen.push(...(page.Contents ?? []).map((object) => object.Key));
        seen.push(...(page.CommonPrefixes ?? []).map((prefix) => prefix.Prefix));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      expect(seen).toEqual(["list/a", "list/b/", "list/c", "list/d/"]);
    });

    test("a copy has the content and, unless replaced, the metadata", async () => {
      await put("copy/sö urce", { Metadata: { mark: "1" } });
      const CopySource = `${Bucket}/${encodeURIComponent("copy/sö urce")}`;
      await client.send(new CopyObjectCommand({ Bucket, Key: "copy/kept", CopySource }));
      await client.send(
        new CopyObjectCommand({
          Bucket,
          Key: "copy/new",
          CopySource,
          MetadataDirective: "REPLACE",
          Metadata: { mark: "2" },
        }),
      );
      await client.send(new DeleteObjectCommand({ Bucket, Key: "copy/sö urce" }));
      expect(await get("copy/kept")).toMatchObject({
        text: "copy/sö urce",
        Metadata: { mark: "1" },
      });
      expect((await get("copy/new")).Metadata).toEqual({ mark: "2" });
    });

    describePresignedUrls(Bucket, () => client, connect);
    describeMultipartUploads(Bucket, () => client);
  });
}
