import type { EventOf } from "#shared/contracts/event.ts";
import type { qrCodeSchema } from "#shared/contracts/session.ts";
import QRCode from "qrcode";
import type { z } from "zod";

/** A QR code as callers see it, ready for an `<img>`. */
export async function toQrCode({
  data,
}: EventOf<"session.qr_code">): Promise<z.infer<typeof qrCodeSchema>> {
  const { qr, attempt: qrAttempt, maxAttempts, expiresAt, pairingWindowEndsAt } = data;
  const qrCode = await QRCode.toDataURL(qr);
  return { qrCode, qr, qrAttempt, maxAttempts, expiresAt, pairingWindowEndsAt };
}
