import type { Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { children } from "../stanza/read-node.ts";
import type { World } from "../world.ts";

/** A companion rejects or takes a call; it waits for an ack with the id of its stanza. */
export const routeCall = (world: World, device: Device, node: BinaryNode): void => {
  const { id = "", to } = node.attrs;
  const [signal] = children(node);
  if (signal) world.calls.answer(device, signal.attrs["call-id"] ?? "", signal.tag);
  device.stream?.send({
    tag: "ack",
    attrs: {
      class: "call",
      id,
      ...(to === undefined ? {} : { from: to }),
      ...(signal ? { type: signal.tag } : {}),
    },
  });
};
