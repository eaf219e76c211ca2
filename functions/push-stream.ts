import { sourceOf } from "#shared/contracts/account-event.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { eventBody } from "./event-body.ts";
import type { Push } from "./push.ts";

/** API Gateway bills by 32 KB and carries 128 KB. */
const usualBytes = 30 * 1024;
export const frameBytes = 120 * 1024;

/** Sends a source's events in order, several in a frame. */
export async function pushStream(
  push: Push,
  connectionId: string,
  { events, replay }: { events: LoggedEvent[]; replay: boolean },
): Promise<"sent" | "gone"> {
  for (const frame of toFrames(events, replay)) {
    if ((await push(connectionId, frame)) === "gone") return "gone";
  }
  return "sent";
}

function toFrames(events: LoggedEvent[], replay: boolean): string[] {
  const [first] = events;
  if (!first) return [];
  const head = `{"type":"socket.events","source":"${sourceOf(first)}","replay":${replay},"events":[`;
  const frames: string[][] = [];
  let size = Infinity;
  for (const event of events) {
    const text = eventBody(event, frameBytes);
    size += Buffer.byteLength(text) + 1;
    if (size > usualBytes) {
      frames.push([]);
      size = head.length + Buffer.byteLength(text);
    }
    frames.at(-1)?.push(text);
  }
  return frames.map((texts) => `${head}${texts.join(",")}]}`);
}
