import "./silence-console.ts";
// Before the AWS SDK takes Node's functions as they are.
import "./whatsapp/secret-keys.ts";
import { ConfigError } from "#shared/config.ts";
import { answerHealth } from "./health.ts";
import { readSettings } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { isLateSend } from "./whatsapp/is-late-send.ts";
import { wireWorker } from "./wire-worker.ts";

// A small buffer that lives as long as its session keeps the whole slab that it is a part of: with
// slabs of Node's 64 KiB that was 31 KB a session. With ones of 8, making them was 2 % of a text.
Buffer.poolSize = 32 * 1_024;

function settingsOrExit(): Settings {
  try {
    return readSettings();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

const settings = settingsOrExit();
const worker = wireWorker(settings);

let isLeaving = false;

async function leave(): Promise<void> {
  // Ctrl-C reaches it from the terminal and once more from its parent.
  if (isLeaving) return;
  isLeaving = true;
  // Stores that are gone would keep it for ever: a parent that was killed takes the local ones with it.
  setTimeout(() => process.exit(1), settings.WAFLEET_DRAIN_LIMIT_MS);
  await worker.drain();
  process.exit(0);
}

process.on("unhandledRejection", (reason) => {
  if (!isLateSend(reason)) throw reason;
});
process.once("SIGTERM", () => void leave());
process.once("SIGINT", () => void leave());
// Started with an IPC channel, this process is somebody's child and ends with its parent.
process.once("disconnect", () => void leave());

await worker.start();
const { WAFLEET_HEALTH_SOCKET: socket } = settings;
if (socket !== undefined) answerHealth(socket, () => worker.isTrying);
process.send?.("ready");
