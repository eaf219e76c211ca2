import type { EventOf } from "#shared/contracts/event.ts";
import type { pairingCodeSchema } from "#shared/contracts/session.ts";
import type { z } from "zod";

/** A code to type as callers see it. */
export function toPairingCode({
  data,
}: EventOf<"session.pairing_code">): z.infer<typeof pairingCodeSchema> {
  const { code: pairingCode, ...rest } = data;
  return { pairingCode, ...rest };
}
