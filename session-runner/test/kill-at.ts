// Preloaded into a runner (`--import`): the process kills itself at a labelled point, in the midst
// of what it was doing, as a crash would.
import { subscribe } from "node:diagnostics_channel";

const point = process.env["KILL_AT"];
const which = process.env["KILL_WHEN"];

type Details = {
  keys?: Record<string, unknown>;
  received?: unknown[];
  whatsappId?: string;
  events?: { type: string }[];
};

subscribe(`wafleet:runner:${point}`, (message) => {
  const { keys, received, whatsappId, events } = message as Details;
  if (which === "received" && events?.some(({ type }) => type === "message.received")) {
    process.kill(process.pid, "SIGKILL");
  }
  const step = received ? "inbound" : keys?.["session"] || whatsappId ? "outbound" : "other";
  if (step === which) process.kill(process.pid, "SIGKILL");
});
