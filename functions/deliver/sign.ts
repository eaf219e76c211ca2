import { createHmac } from "node:crypto";

export type Signed = { id: string; timestamp: number; body: string };

/** A Standard Webhooks 1.0 signature by each of the secrets, so that either verifies. */
export function sign({ id, timestamp, body }: Signed, secrets: readonly string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`);
      return `v1,${digest.digest("base64")}`;
    })
    .join(" ");
}
