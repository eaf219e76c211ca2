import { setTimeout as sleep } from "node:timers/promises";
import type { EventDraft } from "#shared/contracts/event.ts";
import type { Journal } from "../journal/journal.ts";
import { DeviceCache } from "../whatsapp/device-cache.ts";
import type { Engine } from "../whatsapp/engine.ts";
import { isPaired } from "../whatsapp/identity.ts";
import { openEngine } from "../whatsapp/open-engine.ts";
import { openProxy } from "../whatsapp/proxy.ts";
import type { WhatsappSettings } from "../whatsapp/socket-config.ts";

/** Longer than a healthy login takes; after it the phone keeps the device until it expires. */
const openLimitMs = 15_000;

export type Unlinking = {
  sessionId: string;
  journal: Journal;
  settings: WhatsappSettings;
  proxy: string | null;
  /** The open connection; one is made for it when there is none. */
  open: Engine | undefined;
  /** What waited at WhatsApp comes in over a connection that was made for this, too. */
  onReceived: (draft: EventDraft) => void;
};

/** Unlinks the device from the phone. */
export async function unlinkDevice(unlinking: Unlinking): Promise<void> {
  const { sessionId, journal, settings, proxy: url, open, onReceived } = unlinking;
  if (!isPaired(journal)) return;
  if (open) return open.logout();
  const proxy = url === null ? undefined : await openProxy(url, settings.targets);
  const opened = Promise.withResolvers<void>();
  const engine = openEngine({
    sessionId,
    journal,
    settings,
    devices: new DeviceCache(),
    subscriptions: new Map(),
    choice: { markOnline: false, rejectsCalls: () => false, historySync: "none", proxy },
    events: {
      onQr: () => undefined,
      onPaired: () => undefined,
      onOpen: () => opened.resolve(),
      onClosed: () => opened.resolve(),
      onReceived,
      onNotice: () => undefined,
      onReceipt: () => Promise.reject(new Error("this connection only unlinks")),
      onHistory: () => undefined,
      findSent: () => Promise.resolve(undefined),
      prepareFile: () => Promise.resolve(undefined),
      findPreview: () => Promise.resolve(undefined),
    },
  });
  await Promise.race([opened.promise, sleep(openLimitMs, undefined, { ref: false })]);
  await engine.logout();
  await engine.close();
  proxy?.close();
}
