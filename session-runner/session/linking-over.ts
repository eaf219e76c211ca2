import type { LifeEnd } from "./life-end.ts";

type Linking = {
  /** Whether WhatsApp was reached at all. */
  reached: boolean;
  proxy: string | null;
};

/** How a life ends whose attempts at linking are over. */
export function linkingOver({ reached, proxy }: Linking): LifeEnd {
  const ended = { kind: "ended", state: "error" } as const;
  if (reached) {
    const detail = "Nobody scanned the code in time. Call connect for a new one.";
    return { ...ended, reason: "qr_limit", detail };
  }
  if (proxy !== null) {
    const detail =
      "WhatsApp could not be reached through the session's proxy: see that it runs and takes the password, or change the setting. Then call connect.";
    return { ...ended, reason: "proxy_unreachable", detail };
  }
  const detail = "WhatsApp could not be reached. Call connect to try again.";
  return { ...ended, reason: "whatsapp_unreachable", detail };
}
