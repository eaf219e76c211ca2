import { once } from "node:events";
import { WebSocket } from "ws";
import { z } from "zod";
import { eventSchema } from "#shared/contracts/event.ts";
import type { EventOf, EventType } from "#shared/contracts/event.ts";
import { DemoError } from "./demo-error.ts";

const limitMs = 30_000;
const shown = 6;
const frameSchema = z.looseObject({ type: z.string() });

/** Events as they come over the WebSocket, with patience for those that are still to come. */
export type EventInbox = Disposable & {
  subscribe(): Promise<void>;
  /** The first event, past or to come, that matches. */
  find<Type extends EventType>(
    type: Type,
    matches: (event: EventOf<Type>) => boolean,
  ): Promise<EventOf<Type>>;
};

export async function openEventInbox(url: string, ticket: string): Promise<EventInbox> {
  const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}`);
  const frames: { type: string }[] = [];
  const watchers = new Set<() => void>();
  let closed = "";
  const wake = () => {
    for (const look of watchers) look();
  };
  socket.on("message", (data: Buffer) => {
    frames.push(frameSchema.parse(JSON.parse(data.toString())));
    wake();
  });
  socket.on("close", (code) => {
    closed = `the WebSocket was closed (${code})`;
    wake();
  });
  await once(socket, "open", { signal: AbortSignal.timeout(limitMs) }).catch((error: unknown) => {
    throw new DemoError(`${url} did not open: ${String(error)}`);
  });

  /** What `pick` finds among the frames, as soon as it is there. */
  function wait<Found>(what: string, pick: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(limit);
        watchers.delete(look);
      };
      const fail = (why: string) => {
        end();
        reject(new DemoError(`no ${what} over the WebSocket: ${why}\n${summary(frames)}`));
      };
      const look = () => {
        const found = pick();
        if (found === undefined) return closed === "" ? undefined : fail(closed);
        end();
        resolve(found);
      };
      const limit = setTimeout(() => fail(`waited ${limitMs / 1000} s`), limitMs);
      watchers.add(look);
      look();
    });
  }

  return {
    async subscribe() {
      socket.send(JSON.stringify({ action: "subscribe" }));
      await wait("socket.subscribed", () =>
        frames.find((frame) => frame.type === "socket.subscribed"),
      );
    },
    find: <Type extends EventType>(type: Type, matches: (event: EventOf<Type>) => boolean) =>
      wait(type, () => {
        for (const frame of frames) {
          if (frame.type !== type) continue;
          const event = eventSchema.parse(frame) as EventOf<Type>;
          if (matches(event)) return event;
        }
        return undefined;
      }),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

function summary(frames: { type: string }[]): string {
  if (frames.length === 0) return "nothing came at all";
  const last = frames.slice(-shown).map((frame) => `  ${JSON.stringify(frame).slice(0, 300)}`);
  return `${frames.length} came, the last of them:\n${last.join("\n")}`;
}
