import { phoneJidOf, lidJidOf, type Device } from "../accounts/account.ts";
import { endsAt } from "../faults/end-connection.ts";
import type { Established } from "../noise/respond-handshake.ts";
import { drainQueue } from "../routing/deliver.ts";
import { serverJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";
import type { Channel, StanzaHandler } from "./channel.ts";
import { receiveFromDevice } from "./receive-from-device.ts";
import { conflictError, loginFailure } from "./stream-error.ts";

const nobody: StanzaHandler = { receive: () => {}, closed: () => {} };

const findDevice = (world: World, { payload, clientStatic }: Established): Device | undefined => {
  const device = world.accounts
    .ofNumber(String(payload.username))
    ?.devices.get(payload.device ?? 0);
  return device?.noiseKey && Buffer.compare(device.noiseKey, clientStatic) === 0
    ? device
    : undefined;
};

/** A paired companion comes back: success, what waited for it, then its stanzas. */
export const logIn = (world: World, channel: Channel, established: Established): StanzaHandler => {
  if (endsAt(world.faults, "login", channel)) return nobody;
  const refused = world.faults.strike("login-failure");
  const device = refused ? undefined : findDevice(world, established);
  if (!device) {
    channel.closeWith(loginFailure(refused?.reason ?? 401));
    return nobody;
  }
  device.stream?.closeWith(conflictError("replaced"));
  device.stream = channel;
  channel.device = phoneJidOf(device);
  channel.send({
    tag: "success",
    attrs: { t: timestamp(world), lid: lidJidOf(device), from: serverJid },
  });
  // Ends in the middle: the client has got the first stanza and answers something.
  const endsInDrain =
    device.queue.length > 0 &&
    world.faults.isActive("end-connection", ({ phase }) => phase === "drain");
  drainQueue(device, endsInDrain ? 1 : undefined);

  return {
    receive: (node) => {
      if (endsInDrain && endsAt(world.faults, "drain", channel)) return;
      // A replaced connection may still have stanzas under way: they no longer count.
      if (device.stream === channel) receiveFromDevice(world, channel, device, node);
    },
    closed: () => {
      if (device.stream !== channel) return;
      device.stream = undefined;
      world.presences.forget(device);
    },
  };
};
