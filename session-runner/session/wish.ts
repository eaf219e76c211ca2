import { defaultSettings } from "#shared/contracts/session-settings.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";

/** How a session shall connect. */
export type Wish = {
  /** Digits of the phone that links by typing a code; a QR code is shown when undefined. */
  phone: string | undefined;
  settings: SessionSettings;
};

/** A wish from what a command or a stored item says. */
export function toWish(from: {
  phone?: string | undefined;
  settings?: Partial<SessionSettings> | undefined;
}): Wish {
  // A wish that was stored by an earlier release knows fewer settings.
  return { phone: from.phone, settings: { ...defaultSettings, ...from.settings } };
}
