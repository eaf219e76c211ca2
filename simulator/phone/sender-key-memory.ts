import { phoneJidOf, type Device } from "../accounts/account.ts";
import type { PhoneState } from "./phone-state.ts";

/**
 * Which of these devices need the phone's sender key of a group. When one that has it is no longer
 * among them, the key is thrown away, so that who left cannot read on: then all need the new one.
 */
export const devicesWithoutKey = (
  phone: PhoneState,
  group: string,
  devices: Device[],
): Device[] => {
  const { world, account, senderKeyHolders: holders, sessions } = phone;
  const known = holders.get(group) ?? new Set<string>();
  const present = new Set(devices.map(phoneJidOf));
  if ([...known].some((jid) => !present.has(jid))) {
    sessions.forgetSenderKey(group, phone.device);
    known.clear();
  }
  const without = devices.filter((device) => !known.has(phoneJidOf(device)));
  for (const device of without) known.add(phoneJidOf(device));
  holders.set(group, known);
  if (without.length > 0) {
    const saved = [...known];
    world.store.put(`phone/${account.number}/key-holders/${group}`, () => saved);
  }
  return without;
};
