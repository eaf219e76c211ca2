import type { KMSClient } from "@aws-sdk/client-kms";
import { DecryptCommand, GenerateDataKeyCommand } from "@aws-sdk/client-kms";

export type DataKey = { plaintext: Uint8Array; wrapped: Uint8Array };

export type DataKeys = {
  generate(sessionId: string): Promise<DataKey>;
  unwrap(sessionId: string, wrapped: Uint8Array): Promise<DataKey>;
};

/** Data keys of sessions, wrapped by KMS. The encryption context holds ids only: it is logged. */
export function createDataKeys(kms: KMSClient, keyId: string): DataKeys {
  const context = (sessionId: string) => ({ purpose: "session-journal", sessionId });
  return {
    async generate(sessionId) {
      const answer = await kms.send(
        new GenerateDataKeyCommand({
          KeyId: keyId,
          KeySpec: "AES_256",
          EncryptionContext: context(sessionId),
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
          EncryptionContext: context(sessionId),
        }),
      );
      if (!answer.Plaintext) throw new Error("kms unwrapped no data key");
      return { plaintext: answer.Plaintext, wrapped };
    },
  };
}
