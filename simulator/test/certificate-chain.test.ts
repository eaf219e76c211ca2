import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { agree, generateKeyPair } from "#simulator/noise/curve.ts";
import { makeHandshakeState } from "#simulator/noise/handshake-state.ts";
import { connectionHeader } from "#simulator/noise/respond-handshake.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { toFrame } from "#simulator/noise/frame-splitter.ts";
import {
  createAuthority,
  findChainFault,
  issueCertificateChain,
} from "#simulator/noise/certificate-chain.ts";

test("the chain holds for its own root and server key, and for no others", () => {
  const authority = createAuthority();
  const other = createAuthority();
  const chain = issueCertificateChain(authority);
  const { root, serverStatic } = authority;
  const fault = (bytes: Uint8Array, rootKey = root.publicKey, key = serverStatic.publicKey) =>
    findChainFault(bytes, rootKey, key);

  expect(fault(chain)).toBeUndefined();
  expect(fault(chain, other.root.publicKey)).toContain("not signed by this root");
  expect(fault(chain, root.publicKey, other.serverStatic.publicKey)).toContain("another server");
  const wrongRoot = issueCertificateChain({ ...authority, root: other.root });
  expect(fault(wrongRoot)).toContain("not signed by this root");
  const wrongLeaf = Uint8Array.from(chain);
  const last = wrongLeaf.length - 1;
  wrongLeaf[last] = (wrongLeaf[last] ?? 0) ^ 1;
  expect(fault(wrongLeaf)).toBeDefined();
});

/** A careful client: what it finds wrong with the server at this address. */
const inspect = async (url: string, rootPublicKey: Uint8Array): Promise<string | undefined> => {
  const ephemeral = generateKeyPair();
  const hello = proto.HandshakeMessage.encode({ clientHello: { ephemeral: ephemeral.publicKey } });
  const socket = new WebSocket(url);
  const answer = await new Promise<Buffer>((resolve, reject) => {
    socket.on("open", () => {
      socket.send(Buffer.concat([connectionHeader, toFrame(hello.finish())]));
    });
    socket.on("message", resolve);
    socket.on("error", reject);
  });
  socket.terminate();
  const { serverHello } = proto.HandshakeMessage.decode(answer.subarray(3));
  if (!serverHello?.ephemeral || !serverHello.static || !serverHello.payload) return "no hello";
  const noise = makeHandshakeState(connectionHeader);
  noise.mixHash(ephemeral.publicKey);
  noise.mixHash(serverHello.ephemeral);
  noise.mixKey(agree(ephemeral.privateKey, serverHello.ephemeral));
  const serverStatic = noise.open(serverHello.static);
  noise.mixKey(agree(ephemeral.privateKey, serverStatic));
  return findChainFault(noise.open(serverHello.payload), rootPublicKey, serverStatic);
};

test("a careful client trusts the server by its published root, except while the fault is on", async () => {
  await using simulator = await startSimulator();
  const { url, rootPublicKey } = simulator;
  expect(await inspect(url, rootPublicKey)).toBeUndefined();
  expect(await inspect(url, createAuthority().root.publicKey)).toBeDefined();
  const end = simulator.faults.wrongCertificate();
  expect(await inspect(url, rootPublicKey)).toContain("not signed by this root");
  end();
  expect(await inspect(url, rootPublicKey)).toBeUndefined();
});
