// Stands in for Baileys' socket: it says and hears what Baileys does, in the same order, over a
// simulated connection. Everything of ours around it is the real thing.
import { EventEmitter } from "node:events";
import type { makeWASocket } from "#session-runner/whatsapp/baileys.ts";
import { openConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { fromBytes, toBytes, toPlaintext } from "./counter-signal.ts";
import type { Ciphertext } from "./counter-signal.ts";
import type { ClientFrame, ServerFrame } from "./frames.ts";
import type { WhatsappPeer } from "./whatsapp-peer.ts";
import type { World } from "./world.ts";

type MakeSocket = typeof makeWASocket;
type Config = Parameters<MakeSocket>[0];

export type SocketWorld = {
  world: World;
  peer: WhatsappPeer;
  /** Hears of each frame that leaves. */
  onFrame(connection: Connection, frame: ClientFrame): void;
  /** False takes the wire gate away. */
  gated: boolean;
  /** Changes the id under which a message goes out; undefined keeps it. */
  remint: ((id: string) => string) | undefined;
};

export function createMakeSocket(options: SocketWorld): MakeSocket {
  return ((config: Config) => makeSimulatedSocket(options, config)) as unknown as MakeSocket;
}

function makeSimulatedSocket(options: SocketWorld, config: Config): object {
  const { world, peer } = options;
  const process = world.current;
  if (!process) throw new Error("a socket belongs to a process");
  const { creds } = config.auth;
  const events = new EventEmitter();
  const ws = new EventEmitter();
  ws.setMaxListeners(50);
  const { auth, logger, makeSignalRepository } = config;
  if (!logger || !makeSignalRepository) throw new Error("a socket needs its whole configuration");
  const signal = makeSignalRepository(auth, logger);
  let isOpen = false;
  let reading: Promise<void> = Promise.resolve();

  const connection = openConnection(world, process, creds.me?.id.split(":")[0], {
    onClientFrame: (from, frame) => peer.receive(from, frame),
    onServerFrame: hear,
    onGone: (gone) => peer.gone(gone),
  });

  function put(data: Uint8Array, done?: (error?: Error) => void): void {
    if (!process?.alive) return;
    if (!connection.clientOpen) return done?.(new Error("the socket is closed"));
    const frame = fromBytes(data) as ClientFrame;
    options.onFrame(connection, frame);
    connection.toServer(frame);
    done?.();
  }

  const wire = { send: put, terminate: () => end(428, false) };
  if (!options.gated) Object.defineProperty(wire, "send", { get: () => put, set() {} });

  function sendFrame(frame: ClientFrame): Promise<void> {
    return new Promise((resolve, reject) => {
      wire.send(toBytes(frame), (error) => (error ? reject(error) : resolve()));
    });
  }

  function end(code: number, byServer: boolean): void {
    if (!connection.clientOpen) return;
    connection.closeByClient();
    isOpen = false;
    const data = byServer ? { tag: "stream:error" } : undefined;
    const error = Object.assign(new Error(`closed with ${code}`), {
      output: { statusCode: code },
      data,
    });
    ws.emit("ended");
    events.emit("connection.update", { connection: "close", lastDisconnect: { error } });
  }

  function hear(frame: ServerFrame): void {
    switch (frame.tag) {
      case "success":
        events.emit("connection.update", { connection: "open" });
        return;
      case "qr":
        events.emit("connection.update", { qr: frame.ref });
        return;
      case "pair-success":
        events.emit("creds.update", {
          account: { details: "simulated" },
          me: { id: frame.device, name: "Owner" },
        });
        events.emit("connection.update", { isNewLogin: true });
        sendFrame({ tag: "paired" }).catch(() => undefined);
        return;
      case "message": {
        const { id, from, at, ciphertext } = frame;
        const content = [{ tag: "enc", attrs: {}, content: Buffer.from(ciphertext) }];
        const attrs = { id, from, t: String(Math.floor(at / 1_000)) };
        ws.emit("CB:message", { tag: "message", attrs, content });
        return;
      }
      case "receipt":
        ws.emit("CB:receipt", { tag: "receipt", attrs: { id: frame.id, from: frame.from } });
        return;
      case "ack": {
        const { class: kind, id, error } = frame;
        const attrs = {
          id: originalId(id),
          ...(error === undefined ? {} : { error: String(error) }),
        };
        ws.emit(`CB:ack,class:${kind}`, { tag: "ack", attrs });
        return;
      }
      case "end":
        end(frame.code, frame.code !== 428);
    }
  }

  // Baileys reads one message after the other, and acknowledges also what it could not read.
  ws.on(
    "CB:message",
    ({ attrs, content }: { attrs: Record<string, string>; content: { content: Buffer }[] }) => {
      reading = reading.then(async () => {
        const { id = "", from: jid = "" } = attrs;
        const ciphertext = content[0]?.content ?? Buffer.alloc(0);
        await signal.decryptMessage({ jid, type: "msg", ciphertext }).catch((error: unknown) => {
          world.note(`cannot decrypt ${id}: ${String(error)}`);
        });
        await sendFrame({ tag: "receipt", id }).catch(() => undefined);
      });
    },
  );
  ws.on("CB:receipt", ({ attrs }: { attrs: Record<string, string> }) => {
    sendFrame({ tag: "receipt-ack", id: attrs["id"] ?? "" }).catch(() => undefined);
  });

  world.after(5 + world.random.next() * 50, process, () => {
    if (!connection.clientOpen) return;
    isOpen = true;
    sendFrame({ tag: "login", device: creds.me?.id }).catch(() => undefined);
  });

  const originals = new Map<string, string>();
  const originalId = (id: string) => originals.get(id) ?? id;

  async function encryptFor(jid: string, plaintext: Buffer): Promise<[string, Ciphertext]> {
    const { ciphertext } = await signal.encryptMessage({ jid, data: plaintext });
    return [jid, fromBytes(ciphertext) as Ciphertext];
  }

  return {
    ws: Object.defineProperty(Object.assign(ws, { socket: wire }), "isOpen", { get: () => isOpen }),
    ev: events,
    authState: { creds, keys: config.auth.keys },
    get user() {
      return creds.me;
    },
    async getUSyncDevices(jids: string[]) {
      await new Promise<void>((resolve, reject) => {
        ws.once("ended", () => reject(new Error("closed")));
        world.after(5 + world.random.next() * 40, process, () => resolve());
      });
      for (const jid of jids)
        void config.userDevicesCache?.set(jid.split(/[:@]/)[0] ?? "", [{ device: 0 }]);
    },
    async relayMessage(to: string, message: object, { messageId }: { messageId: string }) {
      const begunAt = world.now();
      const id = options.remint?.(messageId) ?? messageId;
      originals.set(id, messageId);
      const plaintext = toPlaintext(message);
      const own = `${connection.account}@s.whatsapp.net`;
      const encrypted = await Promise.all([encryptFor(to, plaintext), encryptFor(own, plaintext)]);
      const sealed = Object.fromEntries(encrypted);
      await sendFrame({ tag: "message", id, to, encrypted: sealed, begunAt });
    },
    async query() {
      const gone = new Promise<void>((_resolve, reject) => {
        ws.once("ended", () => reject(new Error("closed")));
        setTimeout(() => reject(new Error("timed out")), 5_000);
      });
      gone.catch(() => undefined);
      await sendFrame({ tag: "unlink" });
      await gone;
    },
    end: (): Promise<void> => {
      end(428, false);
      return Promise.resolve();
    },
  };
}
