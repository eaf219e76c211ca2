import { lidJidOf, phoneJidOf, type Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, parseJid } from "../stanza/jid.ts";
import { child, children } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";
import { settleMessages } from "./settle.ts";

/** These tell the server or the own phone something; the author of the message never hears them. */
const confidential = new Set(["sender", "peer_msg", "hist_sync", "read-self", "server-error"]);

/** Seen or heard on one device is news for every device of the author. */
const forEveryDevice = new Set(["read", "played"]);

const acknowledge = (device: Device, receipt: BinaryNode): void => {
  const { id = "", to, type, participant } = receipt.attrs;
  device.stream?.send({
    tag: "ack",
    attrs: {
      class: "receipt",
      id,
      ...(to === undefined ? {} : { from: to }),
      ...(type === undefined ? {} : { type }),
      ...(participant === undefined ? {} : { participant }),
    },
  });
};

/** Settles what the receipt confirms and passes it on to the author's devices. */
export const routeReceipt = (world: World, device: Device, receipt: BinaryNode): void => {
  const { id = "", to, type } = receipt.attrs;
  const items = children(child(receipt, "list"), "item").map(({ attrs }) => attrs["id"] ?? "");
  world.store.transaction(() => {
    settleMessages(world, device, [id, ...items], to);
    acknowledge(device, receipt);
    const author = world.accounts.ofJid(to);
    if (!author || (type !== undefined && confidential.has(type))) return;
    const byLid = parseJid(to)?.server === lidServer;
    const targets =
      type !== undefined && forEveryDevice.has(type)
        ? [...author.devices.values()]
        : [author.devices.get(parseJid(to)?.device ?? 0)];
    for (const target of targets)
      if (target && target !== device)
        deliver(world, target, {
          tag: "receipt",
          attrs: {
            from: byLid ? lidJidOf(device) : phoneJidOf(device),
            id,
            t: timestamp(world),
            ...(type === undefined ? {} : { type }),
          },
          ...(receipt.content === undefined ? {} : { content: receipt.content }),
        });
  });
};
