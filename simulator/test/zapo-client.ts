// Its main entry's types point at paths that only its own build knows, hence the inner ones.
import { WaClient, type WaClientEventMap } from "zapo-js/client";
import type { WaAuthCredentials } from "zapo-js/auth";
import { createStore, type WaStore, type WaStoreBackend } from "zapo-js/store";
import { expect } from "vitest";
import type { Simulator } from "#simulator/simulator.ts";

/** What the client remembers between connections; its package has credentials on disk only. */
export const makeZapoStore = (): WaStore => {
  let credentials: WaAuthCredentials | null = null;
  const auth = {
    load: async () => credentials,
    save: async (saved: WaAuthCredentials) => {
      credentials = saved;
    },
    clear: async () => {
      credentials = null;
    },
  };
  const own = { stores: { auth: () => auth }, caches: {} } as unknown as WaStoreBackend;
  return createStore({ backends: { own }, providers: { auth: "own" } });
};

type Events = {
  [K in "auth_qr" | "auth_paired" | "connection" | "message" | "message_receipt"]: Parameters<
    WaClientEventMap[K]
  >[0][];
};

/** A zapo client as it comes, with its events kept so that tests can wait for them. */
export const connectZapo = async (simulator: Simulator, store: WaStore) => {
  const log: string[] = [];
  const note = (line: string): void => void log.push(line);
  const logger = {
    level: "debug" as const,
    trace: note,
    debug: note,
    info: note,
    warn: note,
    error: note,
  };
  const client = new WaClient(
    {
      store,
      sessionId: "test",
      chatSocketUrls: [simulator.url],
      testHooks: { noiseRootCa: { publicKey: simulator.rootPublicKey, serial: 0 } },
    },
    logger,
  );
  const seen: Events = {
    auth_qr: [],
    auth_paired: [],
    connection: [],
    message: [],
    message_receipt: [],
  };
  client.on("auth_qr", (event) => seen.auth_qr.push(event));
  client.on("auth_paired", (event) => seen.auth_paired.push(event));
  client.on("connection", (event) => seen.connection.push(event));
  client.on("message", (event) => seen.message.push(event));
  client.on("message_receipt", (event) => seen.message_receipt.push(event));
  await client.connect();

  const until = (test: () => boolean): Promise<void> =>
    expect.poll(test, { timeout: 20_000 }).toBe(true);

  return {
    client,
    seen,
    log,
    until,
    qr: async (): Promise<string> => {
      await until(() => seen.auth_qr.length > 0);
      return seen.auth_qr.at(-1)?.qr ?? "";
    },
    texts: (): string[] =>
      seen.message.map(
        ({ message }) => message?.conversation ?? message?.extendedTextMessage?.text ?? "",
      ),
    [Symbol.asyncDispose]: (): Promise<void> => client.disconnect(),
  };
};
