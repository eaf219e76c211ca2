import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { acceptConnection, largestFrame } from "./connection/accept-connection.ts";
import { conflictError, streamError } from "./connection/stream-error.ts";
import { makeSimulatorFaults } from "./faults/simulator-faults.ts";
import { makeControlDoor } from "./control/control-door.ts";
import { makeWorld } from "./make-world.ts";
import { openPhoneBook } from "./phone/phone-book.ts";
import type { ConnectionMatch, Simulator, SimulatorOptions } from "./simulator.ts";
import type { World } from "./world.ts";

const host = "127.0.0.1";

const createServer = async (world: World, tls: boolean) => {
  if (!tls) return createHttpServer();
  const { keyPem, certPem } = await world.certificates.issue([host, "localhost"]);
  return createHttpsServer({ key: keyPem, cert: certPem });
};

/** Starts a WhatsApp server on 127.0.0.1 that an unmodified client connects to. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const world = await makeWorld(options);
  const phoneBook = await openPhoneBook(world);
  const http = await createServer(world, options.tls ?? false);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestFrame,
    perMessageDeflate: false,
  });
  let connections = 0;

  http.on("upgrade", (request, socket, head) => {
    const refused = world.faults.strike("refuse-upgrade");
    const [path] = (request.url ?? "/").split("?");
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
    await world.mediaHost.close();
    world.store.close();
  };
  const stop = (): Promise<void> => (stopping ??= close());

  const simulator: Simulator = {
    url: `${options.tls ? "wss" : "ws"}://${host}:${port}/ws/chat`,
    controlUrl: `${options.tls ? "https" : "http"}://${host}:${port}`,
    rootPublicKey: world.authority.root.publicKey,
    caPem: world.certificates.caPem,
    mediaHost: world.mediaHost.name,
    createPhone: phoneBook.create,
    createGroup: phoneBook.createGroup,
    phone: phoneBook.find,
    phones: phoneBook.all,
    pendingQrs: () => world.registrations.current().map(({ ref }) => ref),
    history: world.history,
    faults: makeSimulatorFaults(world.faults),
    expireMediaLinks: world.media.expireLinks,
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
