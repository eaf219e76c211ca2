import type { Key } from "./key-store.ts";
import { kmsError } from "./kms-error.ts";
import { requireKey } from "./require-key.ts";
import { keyIdOf, unseal, type EncryptionContext } from "./seal.ts";
import type { Vault } from "./vault.ts";

type Sealed = {
  blob: string | undefined;
  /** The key that the caller insists on, if any. */
  keyId: string | undefined;
  context: EncryptionContext | undefined;
};

/** Opens a blob with the key that it names. */
export function openBlob(vault: Vault, sealed: Sealed): { key: Key; plaintext: Buffer } {
  const blob = Buffer.from(sealed.blob ?? "", "base64");
  const wanted = sealed.keyId === undefined ? undefined : requireKey(vault, sealed.keyId);
  const key = vault.keys.findKey(keyIdOf(blob) ?? "");
  if (!key)
    throw kmsError("InvalidCiphertextException", "The ciphertext names no key of this KMS.");
  if (wanted && wanted.id !== key.id) {
    throw kmsError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    );
  }
  const plaintext = unseal(key, blob, sealed.context ?? {});
  if (plaintext) return { key, plaintext };
  throw kmsError(
    "InvalidCiphertextException",
    "The ciphertext was changed, or the encryption context is not the one it was encrypted with.",
  );
}
