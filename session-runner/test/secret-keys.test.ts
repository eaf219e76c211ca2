import { createCipheriv, createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";

test("what is sealed and signed with key objects is the same as with bytes", async () => {
  const [key, iv, data] = [randomBytes(32), randomBytes(12), randomBytes(100)];
  const seal = () => {
    const cipher = createCipheriv("aes-256-gcm", key, iv);
    return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
  };
  const sign = (secret: string | Uint8Array) =>
    createHmac("sha256", secret).update(data).digest("hex");
  const before = [seal(), sign(key), sign("text"), sign(new Uint8Array(0))];
  await import("../whatsapp/secret-keys.ts");
  expect([seal(), sign(key), sign("text"), sign(new Uint8Array(0))]).toEqual(before);
});
