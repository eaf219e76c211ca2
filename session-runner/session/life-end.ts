import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";

/** How one life of a session ends. */
export type LifeEnd =
  /** The user stopped it; credentials stay. */
  | { kind: "stop" }
  /** The user unlinked it; credentials go. */
  | { kind: "disconnect" }
  /** The user moves it elsewhere: credentials go into a sealed bundle, then from here. */
  | { kind: "export"; bundleId: string }
  /** The user brings it here: credentials come from a sealed bundle. */
  | { kind: "import"; bundleId: string }
  /** This worker gives it to another one; it still wants to be connected. */
  | { kind: "release" }
  /** Another owner has it already. */
  | { kind: "fenced" }
  /** The journal is there and cannot be read; nothing is touched. */
  | { kind: "unreadable" }
  /** WhatsApp or the limits ended it. */
  | { kind: "ended"; state: SessionState; reason: SessionReason; detail: string };
