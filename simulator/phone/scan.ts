import { linkCompanion, type LinkedDevice } from "./link-companion.ts";
import { assertNoPasskey, assertRoomForCompanion } from "./may-link.ts";
import { parseQr } from "./parse-qr.ts";
import type { PhoneState } from "./phone-state.ts";

/** Links the companion that shows this QR code; resolves once the companion has signed. */
export const scan = async (phone: PhoneState, qr: string): Promise<LinkedDevice> => {
  assertRoomForCompanion(phone);
  const { ref, identity, advSecret } = parseQr(qr);
  const registration = phone.world.registrations.claim(ref);
  if (Buffer.compare(registration.companion.identity, identity) !== 0)
    throw new Error("this QR code does not belong to the connection that shows its ref");
  assertNoPasskey(phone, registration);
  return linkCompanion(phone, registration, advSecret);
};
