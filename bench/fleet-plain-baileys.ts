// The baseline of `npm run bench -- fleet`: sessions as Baileys' README makes them, one socket each
// with its keys in files; or in memory, which is the least that Baileys itself costs. Runs as a
// process of its own, told what to do by its parent.
import { randomBytes } from "node:crypto";
import type { EventEmitter } from "node:events";
import { join } from "node:path";
import {
  initAuthCreds,
  makeWASocket,
  useMultiFileAuthState,
  WA_CERT_DETAILS,
} from "@whiskeysockets/baileys";
import type { AuthenticationState, WASocket } from "@whiskeysockets/baileys";
import { pino } from "pino";

export type PlainRequest =
  | { kind: "open"; name: string }
  | { kind: "send"; name: string; to: string; text: string };
export type PlainNews =
  | { kind: "qr"; name: string; qr: string }
  | { kind: "open"; name: string }
  | { kind: "received" }
  | { kind: "sent"; text: string; at: number };

/** Without a folder, keys are in memory and nothing is logged. */
const [url = "", rootKey = "", folder = ""] = process.argv.slice(2);
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, "hex");

const sockets = new Map<string, WASocket>();

function tell(news: PlainNews): void {
  process.send?.(news);
}

const states = new Map<string, AuthenticationState>();

function memoryState(name: string) {
  const kept = states.get(name) ?? { creds: initAuthCreds(), keys: memoryKeys() };
  states.set(name, kept);
  return { state: kept, saveCreds: () => undefined };
}

function memoryKeys(): AuthenticationState["keys"] {
  const held = new Map<string, unknown>();
  return {
    get(type, ids) {
      const found = ids.flatMap((id) => {
        const value = held.get(`${type} ${id}`);
        return value === undefined || value === null ? [] : [[id, value]];
      });
      return Object.fromEntries(found) as Record<string, never>;
    },
    set(data) {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) held.set(`${type} ${id}`, value);
      }
    },
  };
}

async function open(name: string): Promise<void> {
  const { state, saveCreds } = folder
    ? await useMultiFileAuthState(join(folder, name))
    : memoryState(name);
  const quiet = folder ? {} : { logger: pino({ level: "silent" }) };
  const socket = makeWASocket({ auth: state, waWebSocketUrl: url, ...quiet });
  sockets.set(name, socket);
  socket.ev.on("creds.update", () => void saveCreds());
  socket.ev.on("messages.upsert", ({ messages }) => {
    for (const { message, key } of messages) {
      if (message && !key.fromMe) tell({ kind: "received" });
    }
  });
  socket.ev.on("connection.update", ({ connection, qr }) => {
    if (qr) tell({ kind: "qr", name, qr });
    if (connection === "open") tell({ kind: "open", name });
    if (connection === "close") void open(name);
  });
}

async function send({ name, to, text }: Extract<PlainRequest, { kind: "send" }>): Promise<void> {
  const socket = sockets.get(name);
  if (!socket) return;
  const messageId = `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
  (socket.ws as unknown as EventEmitter).once(`TAG:${messageId}`, () =>
    tell({ kind: "sent", text, at: Date.now() }),
  );
  await socket.sendMessage(to, { text }, { messageId });
}

process.on("message", (request: PlainRequest | "probe" | "usage") => {
  if (typeof request === "string") return;
  void (request.kind === "open" ? open(request.name) : send(request));
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
