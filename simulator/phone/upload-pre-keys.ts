import { addPreKeys } from "../accounts/pre-key-pool.ts";
import type { PhoneState } from "./phone-state.ts";
import { nextPreKeys } from "./signal-keys.ts";

/** Few enough that making thousands of phones stays quick. */
const batch = 20;

/** Gives the server a batch of fresh one-time keys. */
export const uploadPreKeys = (phone: PhoneState): void => {
  const { world, device, sessions, keys } = phone;
  const fresh = nextPreKeys(keys, batch);
  for (const { id, pair } of fresh) sessions.addPreKey(id, pair);
  world.store.transaction(() => {
    sessions.save();
    phone.saveKeys();
    world.accounts.setPreKeys(
      device,
      addPreKeys(
        device.preKeys,
        fresh.map(({ shared }) => shared),
      ),
    );
  });
};
