// Preloaded into a runner (`--import`): answers each message of its parent with what it holds, after
// collecting garbage.
import { EventEmitter } from "node:events";
import { queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { WebSocket } from "ws";

export type Measure = {
  heapBytes: number;
  /** What keeps the process alive, by kind: timers, sockets. */
  counts: Record<string, number>;
  /** Objects that others can listen to: where none is, no listener is left. */
  emitters: number;
  webSockets: number;
};

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

process.on("message", () => {
  collect();
  collect();
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  const measure: Measure = {
    heapBytes: process.memoryUsage().heapUsed,
    counts,
    emitters: queryObjects(EventEmitter, { format: "count" }),
    webSockets: queryObjects(WebSocket, { format: "count" }),
  };
  process.send?.(measure);
});
process.channel?.unref();
