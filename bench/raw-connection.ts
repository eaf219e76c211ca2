// The client's side of a connection with as little as the protocol allows: 2,000 of them fit in one
// process, where full clients would take gigabytes.
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { WebSocket } from "ws";
import { agree, generateKeyPair, type KeyPair } from "#simulator/noise/curve.ts";
import { toFrame } from "#simulator/noise/frame-splitter.ts";
import { makeHandshakeState } from "#simulator/noise/handshake-state.ts";
import { connectionHeader } from "#simulator/noise/respond-handshake.ts";
import { decodeNode, encodeNode, type BinaryNode } from "#simulator/stanza/codec.ts";

export type RawConnection = { send(node: BinaryNode): void; close(): void };

/** Cuts what the server sends into frames. */
const makeFrames = () => {
  let pending: Buffer = Buffer.alloc(0);
  return function* frames(bytes: Buffer): Generator<Buffer> {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    while (pending.length >= 3 && pending.length >= 3 + pending.readUIntBE(0, 3)) {
      const end = 3 + pending.readUIntBE(0, 3);
      yield pending.subarray(3, end);
      pending = pending.subarray(end);
    }
  };
};

/** Connects, shakes hands as Noise XX, and hands every stanza to `receive`. */
export const connectRaw = (
  url: string,
  noiseKey: KeyPair,
  payload: proto.IClientPayload,
  receive: (node: BinaryNode, connection: RawConnection) => void,
  closed: () => void,
): void => {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const noise = makeHandshakeState(connectionHeader);
  const ephemeral = generateKeyPair();
  const frames = makeFrames();
  let ciphers: ReturnType<typeof noise.splitForClient> | undefined;
  const connection: RawConnection = {
    send: (node) => {
      if (ciphers && socket.readyState === socket.OPEN)
        socket.send(toFrame(ciphers.sealClient(encodeNode(node))));
    },
    close: () => socket.close(),
  };

  const finish = (frame: Buffer): void => {
    const { serverHello } = proto.HandshakeMessage.decode(frame);
    if (!serverHello?.ephemeral || !serverHello.static || !serverHello.payload)
      throw new Error("the server did not answer the hello");
    noise.mixHash(serverHello.ephemeral);
    noise.mixKey(agree(ephemeral.privateKey, serverHello.ephemeral));
    const serverStatic = noise.open(serverHello.static);
    noise.mixKey(agree(ephemeral.privateKey, serverStatic));
    noise.open(serverHello.payload);
    const sealedStatic = noise.seal(noiseKey.publicKey);
    noise.mixKey(agree(noiseKey.privateKey, serverHello.ephemeral));
    const sealedPayload = noise.seal(proto.ClientPayload.encode(payload).finish());
    const clientFinish = { static: sealedStatic, payload: sealedPayload };
    socket.send(toFrame(proto.HandshakeMessage.encode({ clientFinish }).finish()));
    ciphers = noise.splitForClient();
  };

  socket.on("open", () => {
    noise.mixHash(ephemeral.publicKey);
    const hello = proto.HandshakeMessage.encode({
      clientHello: { ephemeral: ephemeral.publicKey },
    }).finish();
    socket.send(Buffer.concat([connectionHeader, toFrame(hello)]));
  });
  socket.on("message", (data: Buffer) => {
    for (const frame of frames(data))
      if (ciphers) receive(decodeNode(ciphers.openServer(frame)), connection);
      else finish(frame);
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", closed);
};
