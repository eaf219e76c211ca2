import type { KMSClient } from "@aws-sdk/client-kms";
import { DecryptCommand, GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import { keyContext } from "#shared/resources/key-context.ts";

export type DataKey = { plaintext: Uint8Array; wrapped: Uint8Array };

export type DataKeys = {
  generate(sessionId: string): Promise<DataKey>;
  unwrap(sessionId: string, wrapped: Uint8Array): Promise<DataKey>;
};

/** Data keys of sessions, wrapped by KMS. */
export function createDataKeys(kms: KMSClient, keyId: string): DataKeys {
  return {
    async generate(sessionId) {
      const answer = await kms.send(
        new GenerateDataKeyCommand({
          KeyId: keyId,
          KeySpec: "AES_256",
          EncryptionContext: keyContext(sessionId),
        }),
      );
      if (!answer.Plaintext || !answer.CiphertextBlob) throw new Error("kms gave no data key");
      return { plaintext: answer.Plaintext, wrapped: answer.CiphertextBlob };
    },
    async unwrap(sessionId, wrapped) {
      const answer = await kms.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: wrapped,
          EncryptionContext: keyContext(sessionId),
        }),
      );
      if (!answer.Plaintext) throw new Error("kms unwrapped no data key");
      return { plaintext: answer.Plaintext, wrapped };
    },
  };
}
