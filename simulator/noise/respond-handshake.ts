import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { issueCertificateChain, type Authority } from "./certificate-chain.ts";
import { agree, generateKeyPair } from "./curve.ts";
import { makeHandshakeState, type TransportCipher } from "./handshake-state.ts";

/** The four bytes that open a connection: "WA", protocol 6, dictionary 3. They are the prologue. */
export const connectionHeader = Buffer.from([87, 65, 6, 3]);

export type Established = {
  openClient: TransportCipher;
  sealServer: TransportCipher;
  clientStatic: Uint8Array;
  payload: proto.ClientPayload;
};

/** A resumption is complete with the reply; a full handshake waits for the client's finish. */
export type HelloAnswer = { reply: Uint8Array } & (
  | { established: Established }
  | { finish: (message: Uint8Array) => Established }
);

type ClientHello = { ephemeral: Uint8Array; static: Uint8Array; payload: Uint8Array };

const readHello = (hello: Uint8Array): ClientHello => {
  const { ephemeral, ...rest } = proto.HandshakeMessage.decode(hello).clientHello ?? {};
  if (ephemeral?.length !== 32) throw new Error("the first frame is not a client hello");
  const { static: sealedStatic, payload } = rest;
  const none = new Uint8Array(0);
  return { ephemeral, static: sealedStatic ?? none, payload: payload ?? none };
};

/** The server's half of Noise IK: undefined when the client knows another server's key. */
const resume = ({ serverStatic }: Authority, hello: ClientHello): HelloAnswer | undefined => {
  const noise = makeHandshakeState(connectionHeader, "IK");
  noise.mixHash(serverStatic.publicKey);
  noise.mixHash(hello.ephemeral);
  noise.mixKey(agree(serverStatic.privateKey, hello.ephemeral));
  let clientStatic: Uint8Array;
  try {
    clientStatic = noise.open(hello.static);
  } catch {
    return undefined;
  }
  noise.mixKey(agree(serverStatic.privateKey, clientStatic));
  const payload = proto.ClientPayload.decode(noise.open(hello.payload));
  const ephemeral = generateKeyPair();
  noise.mixHash(ephemeral.publicKey);
  noise.mixKey(agree(ephemeral.privateKey, hello.ephemeral));
  noise.mixKey(agree(ephemeral.privateKey, clientStatic));
  const confirmation = noise.seal(new Uint8Array(0));
  const reply = proto.HandshakeMessage.encode({
    serverHello: { ephemeral: ephemeral.publicKey, payload: confirmation },
  }).finish();
  return { reply, established: { ...noise.split(), clientStatic, payload } };
};

/** The server's half of Noise XX, and of XXfallback when a resumption was tried. */
const shakeHandsInFull = (
  authority: Authority,
  clientEphemeral: Uint8Array,
  pattern: "XX" | "XXfallback",
): HelloAnswer => {
  const noise = makeHandshakeState(connectionHeader, pattern);
  const ephemeral = generateKeyPair();
  noise.mixHash(clientEphemeral);
  noise.mixHash(ephemeral.publicKey);
  noise.mixKey(agree(ephemeral.privateKey, clientEphemeral));
  const sealedStatic = noise.seal(authority.serverStatic.publicKey);
  noise.mixKey(agree(authority.serverStatic.privateKey, clientEphemeral));
  const sealedChain = noise.seal(issueCertificateChain(authority));

  const reply = proto.HandshakeMessage.encode({
    serverHello: { ephemeral: ephemeral.publicKey, static: sealedStatic, payload: sealedChain },
  }).finish();

  const finish = (message: Uint8Array): Established => {
    const answer = proto.HandshakeMessage.decode(message).clientFinish;
    if (!answer?.static || !answer.payload)
      throw new Error("the second frame is not a client finish");
    const clientStatic = noise.open(answer.static);
    noise.mixKey(agree(ephemeral.privateKey, clientStatic));
    const payload = proto.ClientPayload.decode(noise.open(answer.payload));
    return { ...noise.split(), clientStatic, payload };
  };
  return { reply, finish };
};

/** Takes the client's hello, gives the answer and the next step. */
export const respondToHello = (authority: Authority, bytes: Uint8Array): HelloAnswer => {
  const hello = readHello(bytes);
  if (hello.static.length === 0) return shakeHandsInFull(authority, hello.ephemeral, "XX");
  return resume(authority, hello) ?? shakeHandsInFull(authority, hello.ephemeral, "XXfallback");
};
