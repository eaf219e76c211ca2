import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import { AddressDenied } from "#shared/net/address-denied.ts";
import type { EngineChoice } from "../whatsapp/engine.ts";
import { openProxy } from "../whatsapp/proxy.ts";
import type { WhatsappSettings } from "../whatsapp/socket-config.ts";
import type { LifeEnd } from "./life-end.ts";

/** The next connection as the tenant wants it, or why there can be none. Whoever gets it closes its proxy. */
export async function chooseConnection(
  { targets }: WhatsappSettings,
  settings: () => SessionSettings,
): Promise<{ choice: EngineChoice } | { ending: LifeEnd }> {
  const { markOnline, historySync, proxy: url } = settings();
  const rejectsCalls = () => settings().rejectCalls;
  try {
    const proxy = url === null ? undefined : await openProxy(url, targets);
    return { choice: { markOnline, historySync, rejectsCalls, proxy } };
  } catch (error) {
    if (!(error instanceof AddressDenied)) throw error;
    const detail = "The session's proxy does not lead to the public internet: change the setting.";
    return { ending: { kind: "ended", state: "error", reason: "proxy_refused", detail } };
  }
}
