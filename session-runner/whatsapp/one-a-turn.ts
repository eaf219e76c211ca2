import type { EventEmitter } from "node:events";

const waiting: (() => void)[] = [];

/**
 * Lets the listeners that an event has now hear of it one socket a turn of the event loop. A network
 * that goes takes all connections of a process in one instant, and what follows from each costs a
 * third of a millisecond, in which nobody else would be served.
 */
export function hearOneATurn(emitter: EventEmitter, event: string): void {
  const listeners = emitter.listeners(event) as ((...args: unknown[]) => void)[];
  if (listeners.length === 0) return;
  emitter.removeAllListeners(event);
  emitter.on(event, (...args: unknown[]) => {
    waiting.push(() => listeners.forEach((listener) => listener(...args)));
    if (waiting.length === 1) setImmediate(takeTurn);
  });
}

function takeTurn(): void {
  const next = waiting[0];
  try {
    next?.();
  } finally {
    waiting.shift();
    if (waiting.length > 0) setImmediate(takeTurn);
  }
}
