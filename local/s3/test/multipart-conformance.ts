import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";

const partBytes = 5 * 1024 * 1024;

/** The part of the suite about uploads in parts; runs inside a suite that has a bucket. */
export function describeMultipartUploads(Bucket: string, connected: () => S3Client): void {
  describe("an upload in parts", () => {
    const start = async (Key: string) => {
      const { UploadId } = await connected().send(
        new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "video/mp4" }),
      );
      const send = async (PartNumber: number, Body: Buffer) => {
        const { ETag } = await connected().send(
          new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
        );
        return { PartNumber, ETag };
      };
      const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
        connected().send(
          new CompleteMultipartUploadCommand({
            Bucket,
            Key,
            UploadId,
            MultipartUpload: { Parts },
          }),
        );
      const list = () => connected().send(new ListPartsCommand({ Bucket, Key, UploadId }));
      const abort = () =>
        connected().send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      return { send, complete, list, abort };
    };

    test("becomes one object, parts in order, the last of a repeated part", async () => {
      const { send, complete, list } = await start("multi/one");
      const second = await send(2, Buffer.from("end"));
      await send(1, Buffer.alloc(partBytes, "x"));
      const first = await send(1, Buffer.alloc(partBytes, "a"));
      expect((await list()).Parts?.map((part) => part.Size)).toEqual([partBytes, 3]);
      const { ETag } = await complete([first, second]);
      const md5 = (text: string) => createHash("md5").update(text).digest();
      const whole = createHash("md5")
        .update(Buffer.concat([md5("a".repeat(partBytes)), md5("end")]))
        .digest("hex");
      expect(ETag).toBe(`"${whole}-2"`);
      const answer = await connected().send(
        new GetObjectCommand({ Bucket, Key: "multi/one", Range: `bytes=${partBytes - 2}-` }),
      );
      expect(await answer.Body?.transformToString()).toBe("aaend");
      expect(answer.ContentType).toBe("video/mp4");
    });

    test("is not an object until it is completed, and never when aborted", async () => {
      const { send, abort, list } = await start("multi/aborted");
      await send(1, Buffer.from("x"));
      const head = new HeadObjectCommand({ Bucket, Key: "multi/aborted" });
      await expect(connected().send(head)).rejects.toMatchObject({ name: "NotFound" });
      await abort();
      await expect(list()).rejects.toMatchObject({ name: "NoSuchUpload" });
    });

    test("refuses parts that are wrong, unordered or too small", async () => {
      const { send, complete, abort } = await start("multi/wrong");
      const first = await send(1, Buffer.from("small"));
      const second = await send(2, Buffer.from("last"));
      await expect(complete([{ ...first, ETag: '"other"' }])).rejects.toMatchObject({
        name: "InvalidPart",
      });
      await expect(complete([second, first])).rejects.toMatchObject({ name: "InvalidPartOrder" });
      await expect(complete([first, second])).rejects.toMatchObject({ name: "EntityTooSmall" });
      await abort();
    });
  });
}
