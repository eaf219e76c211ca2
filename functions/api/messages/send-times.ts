import { Fault } from "#shared/faults/fault.ts";

export const dayMs = 24 * 3_600_000;

const furthestMs = 366 * dayMs;

type Asked = { sendAt?: string | undefined; expiresIn?: number | undefined };

/** When a message is to leave and until when it may, in milliseconds since 1970. */
export function toSendTimes(
  { sendAt, expiresIn }: Asked,
  acceptedAt: number,
): { sendAt: number | undefined; sendBefore: number | undefined } {
  const asked = sendAt === undefined ? undefined : Date.parse(sendAt);
  if (asked !== undefined && asked > acceptedAt + furthestMs) {
    const message = "must be within a year";
    throw new Fault("validation_failed", { fields: [{ path: "sendAt", message }] });
  }
  // What is due already is sent at once.
  const later = asked !== undefined && asked > acceptedAt ? asked : undefined;
  const from = later ?? acceptedAt;
  return {
    sendAt: later,
    sendBefore: expiresIn === undefined ? undefined : from + expiresIn * 1_000,
  };
}
