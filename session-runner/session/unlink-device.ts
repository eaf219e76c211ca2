import { setTimeout as sleep } from "node:timers/promises";
import type { Journal } from "../journal/journal.ts";
import { DeviceCache } from "../whatsapp/device-cache.ts";
import type { Engine } from "../whatsapp/engine.ts";
import { isPaired, openEngine } from "../whatsapp/engine.ts";
import { openProxy } from "../whatsapp/proxy.ts";
import type { WhatsappSettings } from "../whatsapp/socket-config.ts";

/** Longer than a healthy login takes; after it the phone keeps the device until it expires. */
const openLimitMs = 15_000;

/** Unlinks the device from the phone, over the open connection or over one made for it. */
export async function unlinkDevice(
  sessionId: string,
  journal: Journal,
  { settings, proxy: url }: { settings: WhatsappSettings; proxy: string | null },
  open: Engine | undefined,
): Promise<void> {
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
      onReceived: () => undefined,
      onNotice: () => undefined,
      onReceipt: () => Promise.reject(new Error("this connection only unlinks")),
      onHistory: () => undefined,
      findContent: () => Promise.resolve(undefined),
    },
  });
  await Promise.race([opened.promise, sleep(openLimitMs, undefined, { ref: false })]);
  await engine.logout();
  await engine.close();
  proxy?.close();
}
