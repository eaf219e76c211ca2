import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import { makeForgetfulStore, type StateStore } from "#simulator/accounts/state-store.ts";
import { openAuthority } from "#simulator/tls/certificate-authority.ts";

const greet = async (port: number, ca: string, servername: string): Promise<string> => {
  const socket = connect({ port, host: "127.0.0.1", ca, servername });
  return new Promise((resolve) => {
    socket.once("secureConnect", () => {
      socket.destroy();
      resolve("trusted");
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
};

const rememberingStore = (): StateStore => {
  const kept = new Map<string, unknown>();
  return {
    ...makeForgetfulStore(),
    put: (key, value) => void kept.set(key, value()),
    load: (prefix) => [...kept].filter(([key]) => key.startsWith(prefix)),
  };
};

test("who trusts the authority trusts its servers by the names they were issued for, and no other", async () => {
  const authority = await openAuthority(makeForgetfulStore());
  const { keyPem, certPem } = await authority.issue(["localhost", "127.0.0.1"]);
  const server = createServer({ key: keyPem, cert: certPem }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stranger = await openAuthority(makeForgetfulStore());
  expect(await greet(port, authority.caPem, "localhost")).toBe("trusted");
  expect(await greet(port, authority.caPem, "")).toBe("trusted");
  expect(await greet(port, authority.caPem, "elsewhere")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  expect(await greet(port, stranger.caPem, "localhost")).not.toBe("trusted");
  server.close();
});

test("an authority that is opened again from its store is the same, and still issues", async () => {
  const store = rememberingStore();
  const first = await openAuthority(store);
  const again = await openAuthority(store);
  expect(again.caPem).toBe(first.caPem);
  expect((await again.issue(["127.0.0.1"])).certPem).toContain("BEGIN CERTIFICATE");
});
