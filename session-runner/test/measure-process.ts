// Preloaded into a runner (`--import`): answers each message of its parent with what it holds, after
// collecting garbage.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

process.on("message", () => {
  collect();
  collect();
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  process.send?.({ heapBytes: process.memoryUsage().heapUsed, counts });
});
process.channel?.unref();
