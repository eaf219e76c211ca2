import type { AuthenticationCreds } from "./baileys.ts";
import { hmacSha256 } from "./hmac.ts";

/**
 * The secret of a message of ours, with which votes are sealed: made from the device's own key, so that
 * it is the same on every try and need not be kept.
 */
export function messageSecret(creds: AuthenticationCreds, whatsappId: string): Buffer {
  const name = Buffer.from(`message secret ${whatsappId}`);
  return hmacSha256(creds.signedIdentityKey.private, name);
}
