import * as kms from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** A KMS to be tested, with an alias of which the tests may use the key. */
export type Subject = { client: kms.KMSClient; alias: string; stop(): Promise<void> };

const bytes = (text: string) => new TextEncoder().encode(text);
const errorName = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: Error) => error.name,
  );

/** What KMS does, told through the SDK alone, so that AWS itself can be asked the same. */
export function kmsConformance(title: string, connect: () => Promise<Subject>): void {
  describe(title, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await connect();
    });
    afterAll(() => subject.stop());

    const describeKey = async (KeyId: string) => {
      const answer = await subject.client.send(new kms.DescribeKeyCommand({ KeyId }));
      return answer.KeyMetadata;
    };
    const encrypt = (context?: Record<string, string>, KeyId = subject.alias) =>
      subject.client.send(
        new kms.EncryptCommand({
          KeyId,
          Plaintext: bytes("secret"),
          ...(context && { EncryptionContext: context }),
        }),
      );
    const decrypt = (input: Partial<kms.DecryptCommandInput>) =>
      subject.client.send(new kms.DecryptCommand({ CiphertextBlob: undefined, ...input }));

    test("a key is found by its id, its ARN and its alias", async () => {
      const key = await describeKey(subject.alias);
      expect(key).toMatchObject({ Enabled: true, KeyState: "Enabled" });
      expect(key?.Arn).toMatch(/^arn:aws:kms:.*:key\//);
      expect(key?.CreationDate).toBeInstanceOf(Date);
      for (const name of [key?.KeyId, key?.Arn, key?.Arn?.replace(/key\/.*/, subject.alias)]) {
        expect((await describeKey(name ?? ""))?.KeyId).toBe(key?.KeyId);
      }
    });

    test("a key that is not there is named as such", async () => {
      expect(await errorName(describeKey("alias/not-there"))).toBe("NotFoundException");
      const id = "00000000-0000-4000-8000-000000000000";
      expect(await errorName(encrypt(undefined, id))).toBe("NotFoundException");
    });

    test("what was encrypted is decrypted, without naming the key", async () => {
      const { CiphertextBlob, KeyId } = await encrypt();
      const opened = await decrypt({ CiphertextBlob });
      expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe("secret");
      expect(opened.KeyId).toBe(KeyId);
    });

    test("the order in which a context is written does not matter", async () => {
      const { CiphertextBlob } = await encrypt({ session: "1", account: "2" });
      const opened = await decrypt({
        CiphertextBlob,
        EncryptionContext: { account: "2", session: "1" },
      });
      expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe("secret");
    });

    test.for([
      ["another value", { session: "2" }],
      ["another name", { Session: "1" }],
      ["more", { session: "1", account: "2" }],
      ["nothing", undefined],
    ] as const)("a context with %s opens nothing", async ([, context]) => {
      const { CiphertextBlob } = await encrypt({ session: "1" });
      const opened = decrypt({ CiphertextBlob, ...(context && { EncryptionContext: context }) });
      expect(await errorName(opened)).toBe("InvalidCiphertextException");
    });

    test("a changed or cut ciphertext opens nothing", async () => {
      const { CiphertextBlob } = await encrypt();
      const blob = Buffer.from(CiphertextBlob ?? []);
      const changed = Buffer.from(blob);
      changed[blob.length - 1] = (blob.at(-1) ?? 0) ^ 1;
      for (const wrong of [changed, blob.subarray(0, -1), bytes("nonsense")]) {
        const opened = decrypt({ CiphertextBlob: wrong });
        expect(await errorName(opened)).toBe("InvalidCiphertextException");
      }
    });

    test("a data key comes open and sealed, and the sealed one opens to the same", async () => {
      const EncryptionContext = { session: "1" };
      const made = await subject.client.send(
        new kms.GenerateDataKeyCommand({
          KeyId: subject.alias,
          KeySpec: "AES_256",
          EncryptionContext,
        }),
      );
      expect(made.Plaintext).toHaveLength(32);
      const opened = await decrypt({ CiphertextBlob: made.CiphertextBlob, EncryptionContext });
      expect(opened.Plaintext).toEqual(made.Plaintext);
    });

    test("a data key can be made without showing it", async () => {
      const made = await subject.client.send(
        new kms.GenerateDataKeyWithoutPlaintextCommand({
          KeyId: subject.alias,
          NumberOfBytes: 64,
        }),
      );
      expect(made).not.toHaveProperty("Plaintext");
      const opened = await decrypt({ CiphertextBlob: made.CiphertextBlob });
      expect(opened.Plaintext).toHaveLength(64);
    });

    test.for([
      ["no size", {}],
      ["two sizes", { KeySpec: "AES_256", NumberOfBytes: 32 }],
      ["too many bytes", { NumberOfBytes: 1025 }],
    ] as const)("a data key with %s is refused", async ([, size]) => {
      const command = new kms.GenerateDataKeyCommand({ KeyId: subject.alias, ...size });
      expect(await errorName(subject.client.send(command))).toBe("ValidationException");
    });

    test("at most 4096 bytes are encrypted at once", async () => {
      const send = (size: number) =>
        subject.client.send(
          new kms.EncryptCommand({ KeyId: subject.alias, Plaintext: new Uint8Array(size) }),
        );
      expect(await errorName(send(4096))).toBe("no error");
      expect(await errorName(send(4097))).toBe("ValidationException");
    });

    test("re-encryption changes the context without showing the plaintext", async () => {
      const { CiphertextBlob } = await encrypt({ session: "1" });
      const moved = await subject.client.send(
        new kms.ReEncryptCommand({
          CiphertextBlob,
          SourceEncryptionContext: { session: "1" },
          DestinationKeyId: subject.alias,
          DestinationEncryptionContext: { session: "2" },
        }),
      );
      expect(moved).not.toHaveProperty("Plaintext");
      const opened = await decrypt({
        CiphertextBlob: moved.CiphertextBlob,
        EncryptionContext: { session: "2" },
      });
      expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe("secret");
    });

    test("an alias that exists is not given to another key", async () => {
      const TargetKeyId = (await describeKey(subject.alias))?.KeyId;
      const again = new kms.CreateAliasCommand({ AliasName: subject.alias, TargetKeyId });
      expect(await errorName(subject.client.send(again))).toBe("AlreadyExistsException");
    });
  });
}
