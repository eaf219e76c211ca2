import type { WebSocket } from "ws";
import { generateKeyPair } from "../noise/curve.ts";
import { makeFrameSplitter, toFrame } from "../noise/frame-splitter.ts";
import { respondToHello, type Established } from "../noise/respond-handshake.ts";
import { decodeNode } from "../stanza/codec.ts";
import { endsAt } from "../faults/end-connection.ts";
import { parseJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";
import { makeChannel, type StanzaHandler } from "./channel.ts";
import { logIn } from "./log-in.ts";
import { register } from "./register.ts";

/** Key uploads of 812 keys take 41 KB, a message to a thousand devices some 300 KB. */
export const largestFrame = 4 * 1024 * 1024;
const largestHandshakeFrame = 16 * 1024;

type FrameReceiver = (frame: Buffer) => void;

/** Takes a fresh WebSocket through the handshake, then to login or registration. */
export const acceptConnection = (world: World, socket: WebSocket, connection: number): void => {
  let handler: StanzaHandler | undefined;
  let receive: FrameReceiver = (frame) => greet(frame);
  const split = makeFrameSplitter(() => (handler ? largestFrame : largestHandshakeFrame));
  const silent = (): boolean => world.faults.isActive("silence");

  let stop = (): void => {};
  const own = {
    closeWith: () => socket.close(1000),
    close: (code: number) => socket.close(code),
    cut: () => socket.terminate(),
  };

  const readLater = (device: string): void => {
    const number = parseJid(device)?.user;
    const slow = world.faults.strike("read-slowly", (fault) =>
      [undefined, number].includes(fault.number),
    );
    if (!slow) return;
    socket.pause();
    setTimeout(() => socket.resume(), slow.ms);
  };

  const greet = (hello: Buffer): void => {
    if (endsAt(world.faults, "handshake", own)) return;
    // A key of its own as well: a client that resumes is shown no certificate.
    const authority = world.faults.isActive("wrong-certificate")
      ? { ...world.authority, root: generateKeyPair(), serverStatic: generateKeyPair() }
      : world.authority;
    const answer = respondToHello(authority, hello);
    socket.send(toFrame(answer.reply));
    if ("established" in answer) establish(answer.established);
    else receive = (frame) => establish(answer.finish(frame));
  };

  const establish = (established: Established): void => {
    const { openClient, sealServer, payload } = established;
    const channel = makeChannel(world, socket, connection, sealServer, (node) => {
      world.history.record({ direction: "in", device: channel.device, connection, node });
      handler?.receive(node);
    });
    receive = (frame) => {
      const node = decodeNode(openClient(frame));
      if (!silent()) channel.receive(node);
      readLater(channel.device);
    };
    stop = () => channel.stop();
    handler = payload.devicePairingData
      ? register(world, channel, established)
      : logIn(world, channel, established);
  };

  socket.on("message", (data: Buffer) => {
    try {
      for (const frame of split(data)) if (handler || !silent()) receive(frame);
    } catch (error) {
      // Whoever breaks the protocol loses this connection, and only this one.
      world.onProtocolError(error, connection);
      socket.terminate();
    }
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    stop();
    handler?.closed();
  });
};
