import type { WebSocket } from "ws";
import type { LiveStream } from "../accounts/account.ts";
import { makeDisturbance } from "../faults/disturb-stanzas.ts";
import { toFrame } from "../noise/frame-splitter.ts";
import type { TransportCipher } from "../noise/handshake-state.ts";
import { encodeNode, type BinaryNode } from "../stanza/codec.ts";
import { parseJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";

/** An established connection: stanzas out. `device` is empty until the other end has logged in. */
export type Channel = LiveStream & {
  device: string;
  /** Takes a stanza that came in; faults may delay or drop it before it is handled. */
  receive(node: BinaryNode): void;
  stop(): void;
};

/** What takes a connection's stanzas once it is known who it is. */
export type StanzaHandler = { receive(node: BinaryNode): void; closed(): void };

export const makeChannel = (
  world: World,
  socket: WebSocket,
  connection: number,
  seal: TransportCipher,
  handle: (node: BinaryNode) => void,
): Channel => {
  const transmit = (node: BinaryNode): void => {
    // Sealed only when sent: a frame that is never sent must not use up a Noise counter.
    if (socket.readyState !== socket.OPEN || world.faults.isActive("silence")) return;
    world.history.record({ direction: "out", device: channel.device, connection, node });
    socket.send(toFrame(seal(encodeNode(node))));
  };
  const number = (): string => parseJid(channel.device)?.user ?? "";
  const outgoing = makeDisturbance(world.faults, "out", number, transmit);
  const incoming = makeDisturbance(world.faults, "in", number, handle);
  const channel: Channel = {
    device: "",
    connection,
    send: outgoing.take,
    receive: incoming.take,
    closeWith: (node) => {
      transmit(node);
      socket.close(1000);
    },
    close: (code) => socket.close(code),
    cut: () => socket.terminate(),
    stop: () => {
      outgoing.stop();
      incoming.stop();
    },
  };
  return channel;
};
