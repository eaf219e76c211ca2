import { WebSocket } from "ws";
import { expect, test } from "vitest";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { generateKeyPair } from "#simulator/noise/curve.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import type { Simulator } from "#simulator/simulator.ts";
import { openDevice } from "./baileys-client.ts";

const header = Buffer.from([87, 65, 6, 3]);

const frame = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(3);
  length.writeUIntBE(bytes.length, 0, 3);
  return Buffer.concat([length, bytes]);
};

const hello = (): Buffer =>
  frame(
    proto.HandshakeMessage.encode({
      clientHello: { ephemeral: generateKeyPair().publicKey },
    }).finish(),
  );

/** Sends the messages, each after the first once something came back; resolves when closed. */
const provoke = (simulator: Simulator, first: Buffer, afterAnswer?: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(simulator.url);
    socket.on("open", () => socket.send(first));
    socket.on("message", () => afterAnswer && socket.send(afterAnswer));
    socket.on("close", resolve);
    socket.on("error", reject);
  });

test.each([
  ["text that is no client's", Buffer.from("GET / HTTP/1.1\r\n\r\n"), undefined],
  ["an unknown protocol version", Buffer.concat([Buffer.from([87, 65, 5, 2]), hello()]), undefined],
  ["a hello of noise", Buffer.concat([header, frame(Buffer.alloc(64, 0xff))]), undefined],
  [
    "a huge frame in the handshake",
    Buffer.concat([header, Buffer.from([255, 255, 255])]),
    undefined,
  ],
  ["a finish that is not encrypted", Buffer.concat([header, hello()]), frame(Buffer.alloc(80, 1))],
  ["a huge frame after the hello", Buffer.concat([header, hello()]), Buffer.from([0x7f, 0, 0, 0])],
])("%s closes that connection while others go on", async (_name, first, second) => {
  const errors: unknown[] = [];
  await using simulator = await startSimulator({ onProtocolError: (error) => errors.push(error) });
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  await provoke(simulator, first, second);
  expect(errors).toHaveLength(1);
  await contact.say(own.number, "still here");
  await device.waitForText("still here");
});

test("a frame that arrives byte by byte is read like any other", async () => {
  await using simulator = await startSimulator();
  const answer = await new Promise<Buffer>((resolve, reject) => {
    const socket = new WebSocket(simulator.url);
    socket.on("open", () => {
      for (const byte of Buffer.concat([header, hello()])) socket.send(Buffer.from([byte]));
    });
    socket.on("message", (data: Buffer) => {
      resolve(data);
      socket.terminate();
    });
    socket.on("error", reject);
  });
  expect(proto.HandshakeMessage.decode(answer.subarray(3)).serverHello?.ephemeral).toHaveLength(32);
});

test("a stanza that cannot be decoded costs only its sender the connection", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  await using device = await openDevice(simulator, phone);
  await device.socket.sendRawMessage(Buffer.from([0, 248, 255, 1, 2, 3]));
  expect(await device.closed()).toBe(428);
});
