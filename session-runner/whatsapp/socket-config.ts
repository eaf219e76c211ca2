import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";
import { BaileysCache } from "./baileys-cache.ts";
import { Browsers, DEFAULT_CONNECTION_CONFIG, proto, WA_CERT_DETAILS } from "./baileys.ts";
import type { makeWASocket, SocketConfig } from "./baileys.ts";
import type { Proxy } from "./proxy.ts";
import { quietLogger } from "./quiet-logger.ts";
import type { GroupCache } from "./group-cache.ts";
import type { createSignalSessions } from "./signal-sessions.ts";

type HistorySync = SessionSettings["historySync"];

export type WhatsappSettings = {
  /** WhatsApp's own when undefined. */
  url: string | undefined;
  /** Milliseconds that a question to the server may take. */
  queryTimeoutMs: number;
  /** Milliseconds to wait for the server's answer to a message. */
  ackTimeoutMs: number;
  /** Where tenants' proxies may be. */
  targets: TenantTargets;
  /** Baileys' own unless a simulation stands in for it. */
  makeSocket?: typeof makeWASocket;
  /** libsignal's own unless a simulation stands in for it. */
  makeSessions?: typeof createSignalSessions;
};

/**
 * Trusts another root (32 bytes) for the server's certificate than WhatsApp's own, in the whole
 * process: Baileys keeps it in one place.
 */
export function trustRoot(rootKey: Uint8Array): void {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey);
}

export type EngineTimings = {
  queryTimeoutMs: number;
  ackTimeoutMs: number;
  openMs: number;
  closeMs: number;
  logoutMs: number;
};

export function engineTimings(settings: WhatsappSettings): EngineTimings {
  const { queryTimeoutMs, ackTimeoutMs } = settings;
  // Opening asks up to three questions in a row, each of which may time out without harm.
  const openMs = connectMs + 4 * queryTimeoutMs;
  return { queryTimeoutMs, ackTimeoutMs, openMs, closeMs: 2_000, logoutMs: 5_000 };
}

const connectMs = 20_000;

const { INITIAL_BOOTSTRAP, RECENT, FULL } = proto.HistorySync.HistorySyncType;

/** The first batch is always taken: it brings the mappings between phones and LIDs. */
const historyTypes: Record<HistorySync, number[]> = {
  none: [INITIAL_BOOTSTRAP],
  recent: [INITIAL_BOOTSTRAP, RECENT],
  full: [INITIAL_BOOTSTRAP, RECENT, FULL],
};

/** What a tenant chose of a connection. */
export type ConnectionChoice = { historySync: HistorySync; proxy?: Proxy | undefined };

/** Baileys as a fleet needs it: lean, quiet, and asking nothing that nobody wants to know. */
export function socketConfig(
  settings: WhatsappSettings,
  { historySync, proxy }: ConnectionChoice,
  findMessage: (whatsappId: string) => Promise<proto.IMessage | undefined>,
  groups: GroupCache,
): Omit<SocketConfig, "auth" | "makeSignalRepository"> {
  return {
    ...DEFAULT_CONNECTION_CONFIG,
    ...(settings.url ? { waWebSocketUrl: settings.url } : {}),
    logger: quietLogger,
    // Baileys would also give up each frame after this time, though it may only wait for the journal
    // and leave later. Our own watchdog ends a connection that does not open.
    connectTimeoutMs: 0,
    defaultQueryTimeoutMs: settings.queryTimeoutMs,
    emitOwnEvents: false,
    enableRecentMessageCache: false,
    fireInitQueries: false,
    msgRetryCounterCache: new BaileysCache(3_600_000),
    placeholderResendCache: new BaileysCache(3_600_000),
    callOfferCache: new BaileysCache(300_000),
    ...(proxy && {
      agent: proxy.agent,
      fetchAgent: proxy.agent,
      options: {
        dispatcher: proxy.dispatcher as unknown as NonNullable<RequestInit["dispatcher"]>,
      },
    }),
    syncFullHistory: historySync === "full",
    // WhatsApp gives all of it to desktop apps only.
    ...(historySync === "full" && { browser: Browsers.macOS("Desktop") }),
    // Baileys declares the same numbers in two enums.
    shouldSyncHistoryMessage: ({ syncType }) =>
      historyTypes[historySync].includes(Number(syncType)),
    getMessage: async ({ id }) => (id ? findMessage(id) : undefined),
    cachedGroupMetadata: (jid) => groups.get(jid),
  };
}
