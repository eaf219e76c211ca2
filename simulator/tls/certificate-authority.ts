import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";
import type { StateStore } from "../accounts/state-store.ts";

export type IssuedCertificate = { keyPem: string; certPem: string };

/** An authority of the simulator's own, that clients are told to trust. */
export type CertificateAuthority = {
  caPem: string;
  /** A server certificate for these names and addresses. */
  issue(hosts: string[]): Promise<IssuedCertificate>;
};

type Saved = { caPem: string; keyPkcs8: Uint8Array };

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const authorityName = "CN=WhatsApp simulator authority";
// Clients refuse server certificates that live longer than 825 days.
const serverDays = 820;
const authorityDays = 3_650;
const dayMs = 86_400_000;

x509.cryptoProvider.set(webcrypto);

const generateKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

const exportKey = async (key: webcrypto.CryptoKey): Promise<Uint8Array> =>
  new Uint8Array(await webcrypto.subtle.exportKey("pkcs8", key));

const importKey = (pkcs8: Uint8Array): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey("pkcs8", Uint8Array.from(pkcs8), algorithm, true, ["sign"]);

/** By the real clock, since clients check by theirs; a day early, as clocks differ. */
const validity = (days: number) => ({
  notBefore: new Date(Date.now() - dayMs),
  notAfter: new Date(Date.now() + days * dayMs),
});

const create = async (): Promise<Saved> => {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(authorityDays),
    name: authorityName,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { caPem: certificate.toString("pem"), keyPkcs8: await exportKey(keys.privateKey) };
};

const issueWith = async (saved: Saved, hosts: string[]): Promise<IssuedCertificate> => {
  const authority = new x509.X509Certificate(saved.caPem);
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(serverDays),
    subject: `CN=${hosts[0] ?? "localhost"}`,
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: await importKey(saved.keyPkcs8),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  const key = x509.PemConverter.encode(await exportKey(keys.privateKey), "PRIVATE KEY");
  return { keyPem: key, certPem: certificate.toString("pem") };
};

/** The authority kept in the store; made when there is none yet, so that trust outlives a restart. */
export const openAuthority = async (store: StateStore): Promise<CertificateAuthority> => {
  const [known] = store.load("tls-authority");
  const saved = known ? (known[1] as Saved) : await create();
  if (!known) store.put("tls-authority", () => saved);
  return { caPem: saved.caPem, issue: (hosts) => issueWith(saved, hosts) };
};
