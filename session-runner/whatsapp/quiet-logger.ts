import type { SocketConfig } from "./baileys.ts";

const nothing = (): void => {};

/** Baileys logs keys, numbers and stanzas; what matters of it reaches us as events. */
export const quietLogger: SocketConfig["logger"] = {
  level: "silent",
  child: () => quietLogger,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
