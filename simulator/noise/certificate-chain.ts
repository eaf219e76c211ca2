import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { generateKeyPair, sign, verify, type KeyPair } from "./curve.ts";

/** The keys behind one server: root signs intermediate, intermediate signs the Noise static key. */
export type Authority = { root: KeyPair; intermediate: KeyPair; serverStatic: KeyPair };

export const createAuthority = (): Authority => ({
  root: generateKeyPair(),
  intermediate: generateKeyPair(),
  serverStatic: generateKeyPair(),
});

const rootSerial = 0;
const intermediateSerial = 1;
const leafSerial = 2;

const { CertChain } = proto;

/** The encoded chain that the server shows in its hello. */
export const issueCertificateChain = (authority: Authority): Uint8Array => {
  const intermediate = CertChain.NoiseCertificate.Details.encode({
    serial: intermediateSerial,
    issuerSerial: rootSerial,
    key: authority.intermediate.publicKey,
  }).finish();
  const leaf = CertChain.NoiseCertificate.Details.encode({
    serial: leafSerial,
    issuerSerial: intermediateSerial,
    key: authority.serverStatic.publicKey,
  }).finish();
  return CertChain.encode({
    intermediate: {
      details: intermediate,
      signature: sign(authority.root.privateKey, intermediate),
    },
    leaf: { details: leaf, signature: sign(authority.intermediate.privateKey, leaf) },
  }).finish();
};

/** What a careful client does with the chain: undefined when it holds, else the reason to refuse. */
export const findChainFault = (
  chain: Uint8Array,
  rootPublicKey: Uint8Array,
  serverStatic: Uint8Array,
): string | undefined => {
  const { intermediate, leaf } = CertChain.decode(chain);
  if (!intermediate?.details || !intermediate.signature) return "no intermediate certificate";
  if (!leaf?.details || !leaf.signature) return "no leaf certificate";
  const issuer = CertChain.NoiseCertificate.Details.decode(intermediate.details);
  const subject = CertChain.NoiseCertificate.Details.decode(leaf.details);
  if (issuer.issuerSerial !== rootSerial) return "the intermediate is not issued by the root";
  if (!issuer.key || !verify(rootPublicKey, intermediate.details, intermediate.signature))
    return "the intermediate is not signed by this root";
  if (!verify(issuer.key, leaf.details, leaf.signature))
    return "the leaf is not signed by the intermediate";
  if (!subject.key || Buffer.compare(subject.key, serverStatic) !== 0)
    return "the leaf is for another server key";
  return undefined;
};
