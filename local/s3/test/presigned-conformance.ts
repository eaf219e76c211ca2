import {
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, test } from "vitest";

/** The part of the suite about presigned URLs; runs inside a suite that has a bucket. */
export function describePresignedUrls(
  Bucket: string,
  connected: () => S3Client,
  connect: (config: S3ClientConfig) => Promise<S3Client>,
): void {
  describe("a presigned URL", () => {
    const put = (Key: string) => connected().send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const get = async (Key: string) => {
      const answer = await connected().send(new GetObjectCommand({ Bucket, Key }));
      return { ...answer, text: await answer.Body?.transformToString() };
    };
    const sign = (key: string) =>
      getSignedUrl(connected(), new GetObjectCommand({ Bucket, Key: key }), { expiresIn: 60 });

    test("lets anybody read one object", async () => {
      await put("signed/ü 1");
      const answer = await fetch(await sign("signed/ü 1"));
      expect([answer.status, await answer.text()]).toEqual([200, "signed/ü 1"]);
    });

    test("says how the browser should take the file", async () => {
      await put("signed/name");
      const command = new GetObjectCommand({
        Bucket,
        Key: "signed/name",
        ResponseContentDisposition: 'attachment; filename="a.txt"',
      });
      const answer = await fetch(await getSignedUrl(connected(), command, { expiresIn: 60 }));
      expect(answer.headers.get("content-disposition")).toBe('attachment; filename="a.txt"');
    });

    test("does not open another object, method or time", async () => {
      await put("signed/mine");
      await put("signed/other");
      const url = await sign("signed/mine");
      const attempts: [string, RequestInit][] = [
        [url.replace("mine", "other"), {}],
        [url, { method: "PUT", body: "x" }],
        [url, { method: "DELETE" }],
        [url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"), {}],
        [`${url}&extra=1`, {}],
      ];
      for (const [address, init] of attempts) {
        const answer = await fetch(address, init);
        expect(answer.status).toBe(403);
        expect(await answer.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
      }
      expect((await get("signed/mine")).text).toBe("signed/mine");
    });

    test("lets anybody upload one object, with the type that was signed", async () => {
      const command = new PutObjectCommand({ Bucket, Key: "signed/up", ContentType: "text/csv" });
      // By default the SDK signs the checksum of an empty body into the URL.
      const signer = await connect({ requestChecksumCalculation: "WHEN_REQUIRED" });
      const url = await getSignedUrl(signer, command, {
        expiresIn: 60,
        signableHeaders: new Set(["content-type", "host"]),
      });
      const upload = (type: string) =>
        fetch(url, { method: "PUT", body: "a,b", headers: { "content-type": type } });
      expect((await upload("text/html")).status).toBe(403);
      expect((await upload("text/csv")).status).toBe(200);
      expect(await get("signed/up")).toMatchObject({ text: "a,b", ContentType: "text/csv" });
    });
  });
}
