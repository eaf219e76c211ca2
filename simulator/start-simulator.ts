import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { openAccounts } from "./accounts/accounts.ts";
import { makeForgetfulStore, openDiskStore, type StateStore } from "./accounts/state-store.ts";
import { acceptConnection, largestFrame } from "./connection/accept-connection.ts";
import { makeRegistrations } from "./connection/registrations.ts";
import { conflictError, streamError } from "./connection/stream-error.ts";
import { makeActiveFaults } from "./faults/active-faults.ts";
import { makeSimulatorFaults } from "./faults/simulator-faults.ts";
import { openGroups } from "./groups/groups.ts";
import { makeHistoryLog } from "./history/history-log.ts";
import { createAuthority, type Authority } from "./noise/certificate-chain.ts";
import { makeControlDoor } from "./control/control-door.ts";
import { openPhoneBook } from "./phone/phone-book.ts";
import type { ConnectionMatch, Simulator, SimulatorOptions } from "./simulator.ts";
import { openAuthority } from "./tls/certificate-authority.ts";
import type { World } from "./world.ts";

const host = "127.0.0.1";
const defaultRefTtlMs = 20_000;
const defaultHistoryLimit = 20_000;

const loadAuthority = (store: StateStore): Authority => {
  const [saved] = store.load("authority");
  if (saved) return saved[1] as Authority;
  const authority = createAuthority();
  store.put("authority", () => authority);
  return authority;
};

const makeWorld = async (options: SimulatorOptions): Promise<World> => {
  const { now = Date.now, random = randomBytes } = options;
  const store =
    options.dataDir === undefined ? makeForgetfulStore() : openDiskStore(options.dataDir);
  return {
    store,
    authority: loadAuthority(store),
    certificates: await openAuthority(store),
    accounts: openAccounts(store, now),
    history: makeHistoryLog(options.historyLimit ?? defaultHistoryLimit, now),
    groups: openGroups(store, now, random),
    faults: makeActiveFaults(),
    registrations: makeRegistrations(now),
    refTtlMs: options.refTtlMs ?? defaultRefTtlMs,
    now,
    random,
    onProtocolError: options.onProtocolError ?? (() => {}),
  };
};

/** Starts a WhatsApp server on 127.0.0.1 that an unmodified client connects to. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const world = await makeWorld(options);
  const phoneBook = await openPhoneBook(world);
  const http = createServer();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestFrame,
    perMessageDeflate: false,
  });
  let connections = 0;

  http.on("upgrade", (request, socket, head) => {
    const refused = world.faults.strike("refuse-upgrade");
    const path = new URL(request.url ?? "/", "http://simulator").pathname;
    if (refused || path !== "/ws/chat") {
      socket.end(`HTTP/1.1 ${refused?.status ?? 404} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      connections += 1;
      acceptConnection(world, webSocket, connections);
    });
  });

  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port ?? 0, host, resolve);
  });
  const { port } = http.address() as AddressInfo;

  const streams = ({ phone, device }: ConnectionMatch) =>
    world.accounts
      .all()
      .filter(({ number }) => phone === undefined || number === phone)
      .flatMap((account) => [...account.devices.values()])
      .filter(({ id }) => id !== 0 && (device === undefined || id === device))
      .flatMap(({ stream }) => (stream ? [stream] : []));

  let stopping: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    for (const socket of sockets.clients) socket.terminate();
    http.closeAllConnections();
    await new Promise<void>((resolve) => void http.close(() => resolve()));
    await phoneBook.settle();
    world.store.close();
  };
  const stop = (): Promise<void> => (stopping ??= close());

  const simulator: Simulator = {
    url: `ws://${host}:${port}/ws/chat`,
    controlUrl: `http://${host}:${port}`,
    rootPublicKey: world.authority.root.publicKey,
    caPem: world.certificates.caPem,
    createPhone: phoneBook.create,
    createGroup: phoneBook.createGroup,
    phone: phoneBook.find,
    phones: phoneBook.all,
    pendingQrs: () => world.registrations.current().map(({ ref }) => ref),
    history: world.history,
    faults: makeSimulatorFaults(world.faults),
    dropConnections: (match) => {
      if (match) for (const stream of streams(match)) stream.cut();
      else for (const socket of sockets.clients) socket.terminate();
    },
    closeStream: (match, { code, conflict }) => {
      const error =
        conflict === undefined ? streamError(code ?? 500) : conflictError(conflict, code);
      for (const stream of streams(match)) stream.closeWith(error);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
  const control = makeControlDoor(simulator, world);
  http.on("request", (request, response) => void control(request, response));
  return simulator;
};
