import type { WebSocket } from "ws";
import type { LiveStream } from "../accounts/account.ts";
import { toFrame } from "../noise/frame-splitter.ts";
import type { TransportCipher } from "../noise/handshake-state.ts";
import { encodeNode, type BinaryNode } from "../stanza/codec.ts";
import type { World } from "../world.ts";

/** An established connection: stanzas out. `device` is empty until the other end has logged in. */
export type Channel = LiveStream & { device: string };

/** What takes a connection's stanzas once it is known who it is. */
export type StanzaHandler = { receive(node: BinaryNode): void; closed(): void };

export const makeChannel = (
  world: World,
  socket: WebSocket,
  connection: number,
  seal: TransportCipher,
): Channel => {
  const send = (node: BinaryNode): void => {
    // Sealed only when sent: a frame that is never sent must not use up a Noise counter.
    if (socket.readyState !== socket.OPEN || world.faults.isActive("silence")) return;
    world.history.record({ direction: "out", device: channel.device, connection, node });
    socket.send(toFrame(seal(encodeNode(node))));
  };
  const channel: Channel = {
    device: "",
    connection,
    send,
    closeWith: (node) => {
      send(node);
      socket.close(1000);
    },
    cut: () => socket.terminate(),
  };
  return channel;
};
