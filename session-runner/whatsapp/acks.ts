// WhatsApp's answer to each message. Only this makes a message `sent`: a resolved send means no
// more than bytes given to the socket.
import type { EventEmitter } from "node:events";
import type { BinaryNode } from "./baileys.ts";

/** `error` is WhatsApp's code, for example 463; undefined when it took the message. */
export type Ack = { error: number | undefined };

export type Acks = {
  /** Register before sending: the answer may come before the send returns. */
  expect(whatsappId: string): ExpectedAck;
  /** Nobody waits any more. */
  stop(): void;
};

export type ExpectedAck = {
  /** Call once the frame has left. Undefined when no answer came in time, or on `stop`. */
  within(milliseconds: number): Promise<Ack | undefined>;
  /** The message did not leave. */
  cancel(): void;
};

export function createAcks(socket: EventEmitter): Acks {
  const waiting = new Map<string, (ack: Ack | undefined) => void>();

  socket.on("CB:ack,class:message", ({ attrs }: BinaryNode) => {
    const error = attrs["error"] === undefined ? undefined : Number(attrs["error"]);
    waiting.get(attrs["id"] ?? "")?.({ error });
  });

  return {
    expect(whatsappId) {
      const { promise, resolve } = Promise.withResolvers<Ack | undefined>();
      let timer: NodeJS.Timeout | undefined;
      function settle(ack: Ack | undefined): void {
        clearTimeout(timer);
        waiting.delete(whatsappId);
        resolve(ack);
      }
      waiting.set(whatsappId, settle);
      return {
        within(milliseconds) {
          if (waiting.get(whatsappId) === settle) {
            timer = setTimeout(() => settle(undefined), milliseconds);
          }
          return promise;
        },
        cancel: () => settle(undefined),
      };
    },
    stop() {
      for (const settle of waiting.values()) settle(undefined);
    },
  };
}
