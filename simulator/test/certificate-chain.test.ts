import { expect, test } from "vitest";
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
