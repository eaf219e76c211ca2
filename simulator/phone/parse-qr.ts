export type ScannedQr = {
  ref: string;
  noiseKey: Uint8Array;
  identity: Uint8Array;
  advSecret: Uint8Array;
};

const keyLength = 32;

/**
 * Reads what a companion shows: ref, noise key, identity key, ADV secret and platform, separated by
 * commas; newer clients put a wa.me address in front.
 */
export const parseQr = (qr: string): ScannedQr => {
  const payload = qr.includes("#") ? qr.slice(qr.indexOf("#") + 1) : qr;
  const [ref = "", ...keys] = payload.trim().split(",");
  const [noiseKey, identity, advSecret] = keys.map((key) => Buffer.from(key, "base64"));
  const complete = [noiseKey, identity, advSecret].every((key) => key?.length === keyLength);
  if (ref === "" || !noiseKey || !identity || !advSecret || !complete)
    throw new Error(
      "this is not a WhatsApp pairing QR code: " +
        "expected 'ref,noise key,identity key,secret', each key 32 bytes in base64",
    );
  return { ref, noiseKey, identity, advSecret };
};
