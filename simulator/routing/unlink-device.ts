import type { Device } from "../accounts/account.ts";
import { conflictError } from "../connection/stream-error.ts";
import type { World } from "../world.ts";
import { announceDevice } from "./announce-device.ts";

/** Removes a companion for good: it is told now if it is connected, else at its next login. */
export const unlinkDevice = (world: World, device: Device): void => {
  const { stream } = device;
  device.stream = undefined;
  world.accounts.removeDevice(device);
  announceDevice(world, "remove", device);
  stream?.closeWith(conflictError("device_removed", 401));
};
