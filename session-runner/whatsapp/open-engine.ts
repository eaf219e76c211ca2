// The one door to WhatsApp: a Baileys socket over a journal, configured so that the laws hold.
import type { EventEmitter } from "node:events";
import { performance } from "node:perf_hooks";
import { createAcks } from "./acks.ts";
import { askForUpload } from "./ask-for-upload.ts";
import { makeWASocket } from "./baileys.ts";
import type { BinaryNode, proto } from "./baileys.ts";
import { loadCreds, stageCreds } from "./creds.ts";
import type { Closing, Engine, EngineOptions } from "./engine.ts";
import { identityOf, jidsOf, usersOf } from "./identity.ts";
import { createDecryption } from "./decryption.ts";
import { findOwnJid } from "./find-unreachable.ts";
import type { Known } from "./find-target.ts";
import { createGroupCache } from "./group-cache.ts";
import { createJournaledKeys } from "./journaled-keys.ts";
import { publishNotices } from "./notices.ts";
import { answerQuestion } from "./questions/answer-question.ts";
import { toPastMessage } from "./past-message.ts";
import { keptPolls } from "./kept-records.ts";
import { listenInbound } from "./listen-inbound.ts";
import { createMediaHost } from "./media-host.ts";
import { messageSecret } from "./message-secret.ts";
import { hearOneATurn } from "./one-a-turn.ts";
import { findReceipt } from "./receipts.ts";
import { rejectCalls } from "./reject-calls.ts";
import { sendMessage } from "./send.ts";
import { createSignalRepository } from "./signal-repository.ts";
import { createSignalSessions } from "./signal-sessions.ts";
import { engineTimings, socketConfig } from "./socket-config.ts";
import { createStanzas } from "./stanzas.ts";
import { findWhatsapp } from "./to-whatsapp.ts";
import { createUploadFile } from "./upload-file.ts";
import { gateWire } from "./wire-gate.ts";
import type { Wire } from "./wire-gate.ts";

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

  const { makeSocket = makeWASocket, makeSessions = createSignalSessions } = settings;
  const sessions = makeSessions(creds, keys);
  const socket = makeSocket({
    ...socketConfig(settings, choice, findMessage, groups),
    markOnlineOnConnect: choice.markOnline,
    auth: { creds, keys: keys.store },
    userDevicesCache: devices,
    makeSignalRepository: createSignalRepository({ creds, keys, sessions, stanzas, decryption }),
  });
  // Baileys would run each send as one transaction, with every other send waiting behind it.
  socket.authState.keys = keys.socketKeys;
  const wire = (socket.ws as unknown as { socket: Wire & { terminate(): void } }).socket;
  const gate = gateWire(wire, journal);
  const emitter = socket.ws as unknown as EventEmitter;
  hearOneATurn(emitter, "error");
  hearOneATurn(emitter, "close");
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

/** Stream errors and failures carry the node that the server sent; local endings do not. */
function cameFromServer(data: unknown): boolean {
  return typeof data === "object" && data !== null && ("tag" in data || "reason" in data);
}
