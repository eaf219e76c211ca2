import { phoneJidOf } from "../accounts/account.ts";
import { drainQueue } from "../routing/deliver.ts";
import type { PhoneState } from "./phone-state.ts";
import { receiveStanza } from "./receive-stanza.ts";

/** Phones have no socket. */
const phoneConnection = 0;

export const disconnectPhone = ({ device }: PhoneState): void => {
  device.stream = undefined;
};

/** Attaches a phone to the server; resolves when everything that waited for it is handled. */
export const connectPhone = (phone: PhoneState): Promise<void> => {
  const { world, device } = phone;
  if (!device.stream) {
    const jid = phoneJidOf(device);
    const stream = {
      connection: phoneConnection,
      send: (node: Parameters<typeof receiveStanza>[1]): void => {
        world.history.record({ direction: "out", device: jid, connection: phoneConnection, node });
        // What is still waiting when the phone goes offline stays in the server's queue.
        phone
          .inTurn(async () => {
            if (device.stream === stream) await receiveStanza(phone, node);
          })
          .catch((error: unknown) => world.onProtocolError(error, phoneConnection));
      },
      closeWith: () => disconnectPhone(phone),
      close: () => disconnectPhone(phone),
      cut: () => disconnectPhone(phone),
    };
    device.stream = stream;
    drainQueue(device);
  }
  return phone.inTurn(async () => {});
};
