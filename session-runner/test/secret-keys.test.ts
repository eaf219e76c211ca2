import crypto, { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import type { CipherKey } from "node:crypto";
import { expect, test, vi } from "vitest";

const iv = randomBytes(12);
const data = randomBytes(100);

function seal(key: CipherKey): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

function open(sealed: Buffer, key: CipherKey): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, iv);
  decipher.setAuthTag(sealed.subarray(data.length));
  return Buffer.concat([decipher.update(sealed.subarray(0, data.length)), decipher.final()]);
}

/** By a key object of the caller's, which is used as it is. */
const plainly = (key: Uint8Array) => seal(crypto.createSecretKey(key));

test("what is sealed and signed with key objects is the same as with bytes", async () => {
  const key = randomBytes(32);
  const sign = (secret: string | Uint8Array) =>
    createHmac("sha256", secret).update(data).digest("hex");
  const before = [seal(key), sign(key), sign("text"), sign(new Uint8Array(0))];
  await import("../whatsapp/secret-keys.ts");
  expect([seal(key), sign(key), sign("text"), sign(new Uint8Array(0))]).toEqual(before);
});

test("a key that is given with each frame is made an object once", async () => {
  await import("../whatsapp/secret-keys.ts");
  using made = vi.spyOn(crypto, "createSecretKey");
  const key = randomBytes(32);
  const sealed = [seal(key), seal(key), seal(key)];
  const opened = sealed.map((frame) => open(frame, key));
  expect(made).toHaveBeenCalledOnce();
  expect(sealed).toEqual([plainly(key), plainly(key), plainly(key)]);
  expect(opened).toEqual([data, data, data]);
});

test("a buffer that was written over is not taken for the key that it held", async () => {
  await import("../whatsapp/secret-keys.ts");
  const slab = randomBytes(64);
  const key = slab.subarray(16, 48);
  const former = Buffer.from(key);
  const sealed = seal(key);
  // One bit of it, through other memory than the key itself.
  slab.writeUInt8(slab.readUInt8(47) ^ 1, 47);
  expect(seal(key)).toEqual(plainly(key));
  expect(() => open(sealed, key)).toThrow("unable to authenticate data");
  former.copy(key);
  expect(open(sealed, key)).toEqual(data);
});
