// Preloaded into a runner (`--import`): the process kills itself when it reaches a labelled point
// for the n-th time, or a moment later.
import { subscribe } from "node:diagnostics_channel";

const point = process.env["CHAOS_KILL_AT"] ?? "";
const lagMs = Number(process.env["CHAOS_KILL_LAG_MS"] ?? 0);
let left = Number(process.env["CHAOS_KILL_COUNT"] ?? 1);

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

subscribe(`wafleet:runner:${point}`, () => {
  left -= 1;
  if (left !== 0) return;
  if (lagMs === 0) die();
  else setTimeout(die, lagMs);
});
