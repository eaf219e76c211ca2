// The one door to WhatsApp: a Baileys socket over a journal, configured so that the laws hold.
import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import type { Contact } from "#shared/address.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import type { AnswerOf, Question, QuestionKind } from "#shared/contracts/question.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { Journal } from "../journal/journal.ts";
import type { LinkPreview } from "../media/link-preview.ts";
import type { PreparedFile } from "../media/outbound-media.ts";
import { createAcks } from "./acks.ts";
import { askForUpload } from "./ask-for-upload.ts";
import { jidDecode, jidNormalizedUser, makeWASocket } from "./baileys.ts";
import type { AuthenticationCreds, BinaryNode, proto } from "./baileys.ts";
import { loadCreds, stageCreds } from "./creds.ts";
import { toPhone } from "./contact.ts";
import type { DeviceCache } from "./device-cache.ts";
import { createDecryption } from "./decryption.ts";
import { findOwnJid } from "./find-unreachable.ts";
import type { Known } from "./find-target.ts";
import { createGroupCache } from "./group-cache.ts";
import { createJournaledKeys } from "./journaled-keys.ts";
import { publishNotices } from "./notices.ts";
import { answerQuestion } from "./questions/answer-question.ts";
import { toPastMessage } from "./past-message.ts";
import type { PastMessage } from "./past-message.ts";
import { keptPolls } from "./kept-records.ts";
import type { KeptDownload } from "./kept-records.ts";
import { listenInbound } from "./listen-inbound.ts";
import { createMediaHost } from "./media-host.ts";
import { messageSecret } from "./message-secret.ts";
import { findReceipt } from "./receipts.ts";
import type { Receipt } from "./receipts.ts";
import { rejectCalls } from "./reject-calls.ts";
import { sendMessage } from "./send.ts";
import type { OutgoingMessage } from "./send.ts";
import type { SendOutcome } from "./send-outcome.ts";
import { createSignalRepository } from "./signal-repository.ts";
import { engineTimings, socketConfig } from "./socket-config.ts";
import type { ConnectionChoice, WhatsappSettings } from "./socket-config.ts";
import { createStanzas } from "./stanzas.ts";
import { findWhatsapp } from "./to-whatsapp.ts";
import { createUploadFile } from "./upload-file.ts";
import type { UploadFile } from "./upload-file.ts";
import { gateWire } from "./wire-gate.ts";
import type { Wire } from "./wire-gate.ts";

export type Identity = { phone: string | null; lid: string | null; name: string | null };

/** Why a socket ended. `byServer` is false for what was raised on this side. */
export type Closing = { code: number; byServer: boolean; message: string };

export type EngineEvents = {
  onQr: (qr: string) => void;
  /** Linked by the phone; WhatsApp closes with 515 next. */
  onPaired: (identity: Identity) => void;
  onOpen: (identity: Identity) => void;
  /** Called once; nothing comes after it. */
  onClosed: (closing: Closing) => void;
  /** A message that says something, in the midst of its append: place it, stage it. */
  onReceived: (draft: EventDraft) => void;
  /** News that need not be journaled. */
  onNotice: (draft: EventDraft) => void;
  /** Must resolve only when the receipt's news cannot be lost: WhatsApp is told after that. */
  onReceipt: (receipt: Receipt) => Promise<void>;
  /** What the phone tells of the past; nothing unless it was asked for. */
  onHistory: (messages: PastMessage[]) => void;
  /** What a retry receipt asks for. */
  findSent: (
    whatsappId: string,
  ) => Promise<Pick<MessageItem, "content" | "upload" | "chat"> | undefined>;
  /** Has the message's file at WhatsApp, with the help of `upload`; undefined without a file. */
  prepareFile: (message: OutgoingMessage, upload: UploadFile) => Promise<PreparedFile | undefined>;
  /** What to show of a link in the message; never rejects. */
  findPreview: (message: OutgoingMessage) => Promise<LinkPreview | undefined>;
};

/** How a tenant wants a connection to be. */
export type EngineChoice = ConnectionChoice & {
  /** Shows the account as online while connected. */
  markOnline: boolean;
  rejectsCalls: () => boolean;
};

export type EngineOptions = {
  sessionId: string;
  journal: Journal;
  devices: DeviceCache;
  settings: WhatsappSettings;
  /** Contacts, by each address, whose presence is asked for again on this connection. */
  subscriptions: Map<string, Contact>;
  choice: EngineChoice;
  events: EngineEvents;
};

/** Where received files come from. */
export type FileServer = {
  /** @throws {MediaHostError} when it answers with something else */
  openFile(directPath: string): Promise<IncomingMessage>;
  /** Asks the own phone; gives where the file is then. */
  askForUpload(download: KeptDownload): Promise<string | undefined>;
};

export type Engine = FileServer & {
  send(message: OutgoingMessage): Promise<SendOutcome>;
  isOpen(): boolean;
  /** @throws what Baileys throws: see `toFailure` */
  ask(question: Question): Promise<AnswerOf<QuestionKind>>;
  /** When WhatsApp lets the account start chats again, in milliseconds since 1970, if it says so. */
  lockEnd(): Promise<number | undefined>;
  /** After the first QR code: a code of eight characters to type on this phone (digits) instead. */
  requestCode(phone: string): Promise<string>;
  showOnline(online: boolean): Promise<void>;
  /** Unlinks this device; resolves when WhatsApp has confirmed it, or after a few seconds. */
  logout(): Promise<void>;
  /** Cuts the connection in this instant. */
  abort(): void;
  /** Closes the socket, by force if it does not close by itself. Safe to call twice. */
  close(): Promise<void>;
};

/** Whether the journal holds a linked device. */
export function isPaired(journal: Journal): boolean {
  return loadCreds(journal).account !== undefined;
}

export function openEngine(options: EngineOptions): Engine {
  const { sessionId, journal, devices, settings, choice, events } = options;
  const creds = loadCreds(journal);
  const keys = createJournaledKeys(journal);
  const stanzas = createStanzas();
  const ownUsers = () => usersOf(creds);
  const groups = createGroupCache();
  const secretOf = (whatsappId: string) => messageSecret(creds, whatsappId);
  const known = (): Known => ({
    sessionId,
    journal,
    ownUsers: ownUsers(),
    ownJids: jidsOf(creds),
    secretOf,
  });
  const decryption = createDecryption(known, events.onReceived);
  const timings = engineTimings(settings);

  const makeSocket = settings.makeSocket ?? makeWASocket;
  const socket = makeSocket({
    ...socketConfig(settings, choice, findMessage, groups),
    markOnlineOnConnect: choice.markOnline,
    auth: { creds, keys: keys.store },
    userDevicesCache: devices,
    makeSignalRepository: createSignalRepository(creds, keys, stanzas, decryption),
  });
  // Baileys would run each send as one transaction, with every other send waiting behind it.
  socket.authState.keys = keys.socketKeys;
  const wire = (socket.ws as unknown as { socket: Wire & { terminate(): void } }).socket;
  const gate = gateWire(wire, journal);
  const emitter = socket.ws as unknown as EventEmitter;
  const acks = createAcks(emitter);
  const host = createMediaHost(socket, choice.proxy?.agent);
  const upload = createUploadFile(host);
  listenInbound(emitter, { stanzas, decryption, groups, known, onReceived: events.onReceived });
  holdReceipts(emitter, async (node) => {
    const receipt = findReceipt(node, ownUsers());
    if (receipt) await events.onReceipt(receipt);
  });

  const { subscriptions } = options;
  publishNotices(socket, { subscriptions, publish: events.onNotice });
  rejectCalls(socket, choice.rejectsCalls);
  if (choice.historySync !== "none") {
    socket.ev.on("messaging-history.set", ({ messages }) => {
      events.onHistory(messages.flatMap((message) => toPastMessage(message) ?? []));
    });
  }

  let closed = false;
  let endedHere = false;

  /** What a retry receipt asks for. */
  async function findMessage(whatsappId: string): Promise<proto.IMessage | undefined> {
    const sent = await events.findSent(whatsappId);
    if (!sent) return undefined;
    const { content, upload: uploaded, chat: to } = sent;
    const own = findOwnJid(socket, to);
    const making = { to, own, upload: uploaded, secret: secretOf(whatsappId), now: Date.now() };
    return findWhatsapp(content, making);
  }

  function finish(closing: Closing): void {
    if (closed) return;
    closed = true;
    clearTimeout(openWatchdog);
    acks.stop();
    events.onClosed(closing);
    wire.terminate();
    // Who ends Baileys leaves its questions without an answer, until they time out.
    if (emitter.listenerCount("error") > 0) {
      emitter.emit("error", new Error("the connection is closed"));
    }
  }

  // Some failures raise no event at all (HTTP 403 on the upgrade): nothing may hang.
  const openWatchdog = setTimeout(() => {
    void socket.end(undefined);
    finish({
      code: 408,
      byServer: false,
      message: "the server did not let the session in in time",
    });
  }, timings.openMs);

  emitter.on("unexpected-response", (_request: unknown, response: { statusCode?: number }) => {
    const code = response.statusCode ?? 500;
    // Whoever answers here has not shown yet that it is WhatsApp: nothing is unlinked on its word.
    finish({ code, byServer: false, message: `the server answered HTTP ${code}` });
  });

  socket.ev.on("creds.update", (update) => {
    Object.assign(creds, update);
    stageCreds(journal, creds);
  });
  socket.ev.on("connection.update", ({ qr, isNewLogin, connection, lastDisconnect }) => {
    if (closed) return;
    if (qr) {
      openWatchdog.refresh();
      events.onQr(qr);
    }
    if (isNewLogin) events.onPaired(identityOf(creds));
    if (connection === "open") {
      clearTimeout(openWatchdog);
      events.onOpen(identityOf(creds));
      for (const jid of subscriptions.keys()) {
        socket.presenceSubscribe(jid).catch(() => undefined);
      }
    }
    if (connection === "close") {
      const error = lastDisconnect?.error as
        | { output?: { statusCode?: number }; message?: string; data?: unknown }
        | undefined;
      finish({
        code: error?.output?.statusCode ?? 428,
        byServer: !endedHere && cameFromServer(error?.data),
        message: error?.message ?? "closed",
      });
    }
  });

  return {
    send: (message) =>
      sendMessage(
        {
          socket,
          acks,
          devices,
          groups,
          ...timings,
          clock: () => performance.now(),
          secretOf,
          gate,
          prepareFile: (outgoing) => events.prepareFile(outgoing, upload),
          findPreview: events.findPreview,
          onSending({ whatsappId, content }) {
            if (content.type !== "poll") return;
            const poll = keptPolls(journal).keeping(whatsappId, { options: content.poll.options });
            journal.stage(poll, { when: "next" });
          },
        },
        message,
      ),
    isOpen: () => !closed && socket.ws.isOpen,
    ask: (question) =>
      answerQuestion({ socket, subscriptions, publish: events.onNotice }, question),
    async lockEnd() {
      const { isActive, timeEnforcementEnds } = await socket.fetchAccountReachoutTimelock();
      return isActive ? timeEnforcementEnds?.getTime() : undefined;
    },
    openFile: (directPath) => host.open(directPath),
    askForUpload: (download) => askForUpload(socket, download),
    requestCode: (phone) => socket.requestPairingCode(phone),
    async showOnline(online) {
      if (!closed) await socket.sendPresenceUpdate(online ? "available" : "unavailable");
    },
    async logout() {
      const jid = creds.me?.id;
      if (jid === undefined || closed) return;
      const iq = { to: "s.whatsapp.net", type: "set", xmlns: "md" };
      const content = [
        { tag: "remove-companion-device", attrs: { jid, reason: "user_initiated" } },
      ];
      await socket
        .query({ tag: "iq", attrs: iq, content }, timings.logoutMs)
        // WhatsApp often closes the stream instead of answering.
        .catch(() => undefined);
    },
    abort() {
      endedHere = true;
      wire.terminate();
      void socket.end(undefined);
      finish({ code: 428, byServer: false, message: "cut by this side" });
    },
    async close() {
      endedHere = true;
      const ending = socket.end(undefined);
      const force = setTimeout(() => wire.terminate(), timings.closeMs);
      await ending;
      clearTimeout(force);
      finish({ code: 428, byServer: false, message: "closed by this side" });
    },
  };
}

/** Lets each receipt through to Baileys, which acknowledges it, only after `before` is done. */
function holdReceipts(emitter: EventEmitter, before: (node: BinaryNode) => Promise<void>): void {
  const listeners = emitter.listeners("CB:receipt") as ((node: BinaryNode) => void)[];
  emitter.removeAllListeners("CB:receipt");
  emitter.on("CB:receipt", (node: BinaryNode) => {
    // Unacknowledged when it fails: WhatsApp brings the receipt again at the next login.
    before(node).then(
      () => listeners.forEach((listener) => listener(node)),
      () => undefined,
    );
  });
}

function usersOf(creds: AuthenticationCreds): string[] {
  return [creds.me?.id, creds.me?.lid].flatMap((jid) => {
    const user = jid ? jidDecode(jid)?.user : undefined;
    return user ? [user] : [];
  });
}

/** The account's addresses, without device. */
function jidsOf(creds: AuthenticationCreds): string[] {
  return [creds.me?.lid, creds.me?.id].flatMap((jid) => (jid ? [jidNormalizedUser(jid)] : []));
}

/** Who the credentials belong to. */
export function identityOf(creds: AuthenticationCreds): Identity {
  const { id, lid, name } = creds.me ?? { id: undefined };
  return { phone: id ? toPhone(id) : null, lid: lid ?? null, name: name ?? null };
}

/** Stream errors and failures carry the node that the server sent; local endings do not. */
function cameFromServer(data: unknown): boolean {
  return typeof data === "object" && data !== null && ("tag" in data || "reason" in data);
}
