import { createHmac } from "node:crypto";
import type { AuthenticationCreds } from "./baileys.ts";

/**
 * The secret of a message of ours, with which votes are sealed: made from the device's own key, so that
 * it is the same on every try and need not be kept.
 */
export function messageSecret(creds: AuthenticationCreds, whatsappId: string): Buffer {
  const key = creds.signedIdentityKey.private;
  return createHmac("sha256", key).update(`message secret ${whatsappId}`).digest();
}
