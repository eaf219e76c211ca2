import type { Registration } from "../connection/registrations.ts";
import type { PhoneState } from "./phone-state.ts";

const mostCompanions = 4;

/** Throws when the phone has as many companions as it may have. */
export const assertRoomForCompanion = ({ account }: PhoneState): void => {
  if (account.devices.size - 1 >= mostCompanions)
    throw new Error(
      `phone ${account.number} has ${mostCompanions} linked devices, which is the most: unlink one first`,
    );
};

/** Throws, and lets the companion know, when the account demands a passkey to link devices. */
export const assertNoPasskey = (
  { account, settings }: PhoneState,
  registration: Registration,
): void => {
  if (!settings.passkey) return;
  registration.demandPasskey();
  throw new Error(
    `phone ${account.number} links devices only with a passkey, which the companion was asked for`,
  );
};
