import type { Key } from "./key-store.ts";
import { toKeyArn } from "./require-key.ts";

/** A key as the API shows it; times are seconds. */
export function toMetadata(key: Key): object {
  return {
    AWSAccountId: "000000000000",
    KeyId: key.id,
    Arn: toKeyArn(key.id),
    CreationDate: key.createdAt / 1000,
    Enabled: true,
    Description: key.description,
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: "Enabled",
    Origin: "AWS_KMS",
    KeyManager: "CUSTOMER",
    KeySpec: "SYMMETRIC_DEFAULT",
    CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    MultiRegion: false,
  };
}
