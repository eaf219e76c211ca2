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

/** The server's half of Noise XX: takes the client's hello, gives the answer and the next step. */
export const respondToHello = (
  authority: Authority,
  hello: Uint8Array,
): { reply: Uint8Array; finish: (message: Uint8Array) => Established } => {
  const clientEphemeral = proto.HandshakeMessage.decode(hello).clientHello?.ephemeral;
  if (clientEphemeral?.length !== 32) throw new Error("the first frame is not a client hello");

  const noise = makeHandshakeState(connectionHeader);
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
