import type { Whatsapp } from "./runtime.ts";

/** This process's own variables without those that would point a runner somewhere else. */
export function inheritedVariables(
  own: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(own).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(?:AWS_|WAFLEET_|npm_|NODE_OPTIONS$)/.test(entry[0]),
    ),
  );
}

/** Which WhatsApp server a runner connects to; WhatsApp itself when it is told nothing. */
export function whatsappVariables(whatsapp: Whatsapp): Record<string, string> {
  if (whatsapp.kind === "live") return {};
  if (whatsapp.kind === "url") {
    return {
      WAFLEET_WHATSAPP_URL: whatsapp.url,
      ...(whatsapp.rootKey !== undefined && { WAFLEET_WHATSAPP_ROOT_KEY: whatsapp.rootKey }),
    };
  }
  const { url, rootPublicKey } = whatsapp.simulator;
  return {
    WAFLEET_WHATSAPP_URL: url,
    WAFLEET_WHATSAPP_ROOT_KEY: Buffer.from(rootPublicKey).toString("hex"),
  };
}
