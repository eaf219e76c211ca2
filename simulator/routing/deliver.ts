import type { Device } from "../accounts/account.ts";
import { queueKey } from "../accounts/saved-accounts.ts";
import { encodeNode, type BinaryNode } from "../stanza/codec.ts";
import { serverJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";

/** Keeps a stanza until the device confirms it, and sends it now if the device is connected. */
export const deliver = (world: World, device: Device, node: BinaryNode): void => {
  const seq = device.nextSeq;
  device.nextSeq += 1;
  device.queue.push({ seq, node });
  world.store.put(queueKey(device, seq), () => encodeNode(node));
  device.stream?.send(node);
};

const ib = (child: BinaryNode): BinaryNode => ({
  tag: "ib",
  attrs: { from: serverJid },
  content: [child],
});

/** Sends everything that the device has not confirmed yet, in order, marked as offline. */
export const drainQueue = (device: Device, atMost = Number.POSITIVE_INFINITY): void => {
  const { stream, queue } = device;
  if (!stream) return;
  const count = String(queue.length);
  if (queue.length > 0)
    stream.send(
      ib({
        tag: "offline_preview",
        attrs: { count, message: count, receipt: "0", notification: "0", appdata: "0" },
      }),
    );
  for (const [index, { node }] of queue.entries()) {
    stream.send({ ...node, attrs: { ...node.attrs, offline: String(index) } });
    if (index + 1 >= atMost) return;
  }
  stream.send(ib({ tag: "offline", attrs: { count } }));
};
