// WhatsApp's answer to each message. Only this makes a message `sent`: a resolved send means no
// more than bytes given to the socket.
import type { EventEmitter } from "node:events";
import type { BinaryNode } from "./baileys.ts";

/** `error` is WhatsApp's code, for example 463; undefined when it took the message. */
export type Ack = { error: number | undefined };

export type Acks = {
  /** Register before sending. Resolves undefined when no answer came in time, or on `stop`. */
  wait(whatsappId: string, timeoutMs: number): Promise<Ack | undefined>;
  stop(): void;
};

export function createAcks(socket: EventEmitter): Acks {
  const waiting = new Map<string, (ack: Ack | undefined) => void>();

  socket.on("CB:ack,class:message", ({ attrs }: BinaryNode) => {
    const error = attrs["error"] === undefined ? undefined : Number(attrs["error"]);
    waiting.get(attrs["id"] ?? "")?.({ error });
  });

  return {
    wait(whatsappId, timeoutMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(undefined), timeoutMs);
        function settle(ack: Ack | undefined): void {
          clearTimeout(timer);
          waiting.delete(whatsappId);
          resolve(ack);
        }
        waiting.set(whatsappId, settle);
      });
    },
    stop() {
      for (const settle of waiting.values()) settle(undefined);
    },
  };
}
