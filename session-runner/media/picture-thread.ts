import { parentPort } from "node:worker_threads";
import { toSmallPicture } from "./small-picture.ts";

parentPort?.on("message", (bytes: Uint8Array) => {
  try {
    parentPort?.postMessage(toSmallPicture(bytes), []);
  } catch {
    parentPort?.postMessage(undefined, []);
  }
});
