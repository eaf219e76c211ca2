import { Agent } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { deserialize, serialize } from "node:v8";
import {
  initAuthCreds,
  makeWASocket,
  WA_CERT_DETAILS,
  type AuthenticationCreds,
  type BaileysEventMap,
  type SignalDataTypeMap,
  type SignalDataSet,
  type UserFacingSocketConfig,
  type WAMessage,
  type WASocket,
} from "@whiskeysockets/baileys";
import { pino } from "pino";
import { vi } from "vitest";
import type { Phone } from "#simulator/phone/phone.ts";
import type { Simulator } from "#simulator/simulator.ts";

// Baileys' libsignal prints sessions with their private keys, whatever its logger is set to.
for (const level of ["info", "warn", "error"] as const)
  vi.spyOn(console, level).mockImplementation(() => {});

/** What a device remembers between connections. */
export type Memory = { creds: AuthenticationCreds; keys: Map<string, unknown> };

export const freshMemory = (): Memory => ({ creds: initAuthCreds(), keys: new Map() });

/** A copy that later changes do not reach: a backup, or the disk before a crash. */
export const copyMemory = (memory: Memory): Memory => deserialize(serialize(memory)) as Memory;

const keyStore = (keys: Map<string, unknown>) => ({
  get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
    const found: { [id: string]: SignalDataTypeMap[T] } = {};
    for (const id of ids) {
      const value = keys.get(`${type}/${id}`);
      if (value !== undefined && value !== null) found[id] = value as SignalDataTypeMap[T];
    }
    return found;
  },
  set: (data: SignalDataSet) => {
    for (const [type, entries] of Object.entries(data))
      for (const [id, value] of Object.entries(entries ?? {}))
        if (value === null || value === undefined) keys.delete(`${type}/${id}`);
        else keys.set(`${type}/${id}`, value);
  },
});

/** Downloads go through the global fetch, which takes no certificate of its own. */
const trust = (caPem: string): void =>
  setDefaultCACertificates([...getCACertificates("bundled"), caPem]);

const recorded = [
  "connection.update",
  "messages.upsert",
  "messages.update",
  "messages.reaction",
  "message-receipt.update",
  "messaging-history.set",
  "presence.update",
  "chats.update",
  "contacts.upsert",
  "contacts.update",
  "groups.upsert",
  "groups.update",
  "group-participants.update",
  "group.join-request",
  "blocklist.update",
  "call",
] as const;
type RecordedEvent = (typeof recorded)[number];

type Event<K extends keyof BaileysEventMap> = BaileysEventMap[K];

/** A Baileys socket as it comes, with its events kept so that tests can wait for them. */
export const connectBaileys = (
  simulator: Simulator,
  memory: Memory,
  config: Partial<UserFacingSocketConfig> = {},
) => {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(simulator.rootPublicKey);
  trust(simulator.caPem);
  const socket: WASocket = makeWASocket({
    waWebSocketUrl: simulator.url,
    logger: pino({ level: "silent" }),
    fetchAgent: new Agent({ ca: simulator.caPem }),
    auth: { creds: memory.creds, keys: keyStore(memory.keys) },
    version: [2, 3000, 1035194821],
    shouldSyncHistoryMessage: () => false,
    defaultQueryTimeoutMs: 5_000,
    connectTimeoutMs: 5_000,
    markOnlineOnConnect: true,
    // Own messages in the event buffer swallow the receipts that follow them.
    emitOwnEvents: false,
    ...config,
  });
  socket.ev.on("creds.update", (update) => void Object.assign(memory.creds, update));
  const seen: { [K in keyof BaileysEventMap]?: Event<K>[] } = {};
  const wake = new Set<() => void>();
  for (const name of recorded)
    socket.ev.on(name, (event) => {
      const events = (seen[name] ??= []) as unknown[];
      events.push(event);
      for (const check of wake) check();
    });
  const events = <K extends keyof BaileysEventMap>(name: K): Event<K>[] => seen[name] ?? [];

  /** The first event, past or to come, for which the test holds. */
  const waitFor = <K extends RecordedEvent>(
    name: K,
    test: (event: Event<K>) => boolean,
    timeoutMs = 20_000,
  ): Promise<Event<K>> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        wake.delete(check);
        reject(
          new Error(`no such ${name} in ${timeoutMs} ms; came: ${JSON.stringify(events(name))}`),
        );
      }, timeoutMs);
      const check = (): void => {
        const found = events(name).find(test);
        if (found === undefined) return;
        clearTimeout(timer);
        wake.delete(check);
        resolve(found);
      };
      wake.add(check);
      check();
    });

  const statusCode = (event: Event<"connection.update">): number | undefined =>
    (event.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined)?.output
      ?.statusCode;

  return {
    socket,
    memory,
    events,
    waitFor,
    opened: () => waitFor("connection.update", ({ connection }) => connection === "open"),
    /** The status that Baileys gives for the end of this connection. */
    closed: async () =>
      statusCode(await waitFor("connection.update", ({ connection }) => connection === "close")),
    qr: async () => (await waitFor("connection.update", ({ qr }) => qr !== undefined)).qr ?? "",
    texts: (): string[] =>
      events("messages.upsert")
        .flatMap(({ messages }) => messages)
        .map(({ message }) => message?.conversation ?? message?.extendedTextMessage?.text ?? "")
        .filter((text) => text !== ""),
    /** The first message, past or to come, for which the test holds. */
    waitForMessage: async (test: (message: WAMessage) => boolean): Promise<WAMessage> => {
      const { messages } = await waitFor("messages.upsert", (event) => event.messages.some(test));
      const found = messages.find(test);
      if (!found) throw new Error("unreachable: the event has such a message");
      return found;
    },
    waitForText: (text: string) =>
      waitFor("messages.upsert", ({ messages }) =>
        messages.some(
          ({ message }) =>
            message?.conversation === text || message?.extendedTextMessage?.text === text,
        ),
      ),
    /** Closes the connection as the client; the device stays linked. */
    close: async (): Promise<void> => {
      await socket.end(undefined);
    },
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await socket.end(undefined);
    },
  };
};

export type BaileysClient = ReturnType<typeof connectBaileys>;

/** Pairs a fresh device with the phone by QR; gives its memory, ready to connect. */
export const pairDevice = async (simulator: Simulator, phone: Phone): Promise<Memory> => {
  const memory = freshMemory();
  await using client = connectBaileys(simulator, memory);
  const qr = await client.qr();
  await phone.scan(qr);
  await client.closed();
  return memory;
};

/** A device that is paired with the phone, logged in and open. */
export const openDevice = async (
  simulator: Simulator,
  phone: Phone,
  config: Partial<UserFacingSocketConfig> = {},
): Promise<BaileysClient> => {
  const client = connectBaileys(simulator, await pairDevice(simulator, phone), config);
  await client.opened();
  return client;
};
