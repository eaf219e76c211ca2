// When each message left for WhatsApp, and what had kept the process that sent it from its stores.
import type { Connection } from "./connection.ts";
import type { ClientFrame } from "./frames.ts";

export type LeftFrame = {
  /** When it was on its way, past all looks at its message, in milliseconds since 1970. */
  at: number;
  /** Until then its process had been frozen, or cut from the stores. */
  hinderedUntil: number;
};

export type WireLog = {
  note(connection: Connection, frame: ClientFrame): void;
  /** By WhatsApp's id, in their order. */
  framesOf(whatsappId: string): LeftFrame[];
};

/**
 * So much later than its message was looked at for the last time a frame may begin: a departure that is
 * noted takes its time when the stores are slow.
 */
const underWayMs = 4_000;

export function createWireLog(): WireLog {
  const frames = new Map<string, LeftFrame[]>();
  return {
    note({ process }, frame) {
      if (frame.tag !== "message") return;
      const before = frames.get(frame.id) ?? [];
      frames.set(frame.id, before);
      before.push({ at: frame.begunAt, hinderedUntil: process.hinderedUntil });
    },
    framesOf: (whatsappId) => frames.get(whatsappId) ?? [],
  };
}

/** Whether a frame left although its sender had had all the time to learn that it must not. */
export function isTooLate({ at, hinderedUntil }: LeftFrame, deadline: number): boolean {
  return at > Math.max(deadline, hinderedUntil) + underWayMs;
}
