import { phoneJidOf } from "../accounts/account.ts";
import { drainQueue } from "../routing/deliver.ts";
import type { PhoneState } from "./phone-state.ts";
import { receiveStanza } from "./receive-stanza.ts";

export const disconnectPhone = ({ device }: PhoneState): void => {
  device.stream = undefined;
};

/** Attaches a phone to the server; resolves when everything that waited for it is handled. */
export const connectPhone = (phone: PhoneState): Promise<void> => {
  const { world, device } = phone;
  if (!device.stream) {
    const jid = phoneJidOf(device);
    const stream = {
      connection: 0,
      send: (node: Parameters<typeof receiveStanza>[1]): void => {
        world.history.record({ direction: "out", device: jid, connection: 0, node });
        // What is still waiting when the phone goes offline stays in the server's queue.
        void phone.inTurn(async () => {
          if (device.stream === stream) await receiveStanza(phone, node);
        });
      },
      closeWith: () => disconnectPhone(phone),
      cut: () => disconnectPhone(phone),
    };
    device.stream = stream;
    drainQueue(device);
  }
  return phone.inTurn(async () => {});
};
