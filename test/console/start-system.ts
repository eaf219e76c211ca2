import { startConsole } from "#local/console/start-console.ts";
import { startScene } from "../system/start-scene.ts";

/** The whole system with a simulated WhatsApp, and the console in front of it. */
export async function startSystem() {
  await using started = new AsyncDisposableStack();
  const scene = started.use(await startScene());
  const { apiUrl, socketUrl, standIns } = scene.runtime;
  const { controlUrl } = scene.simulator;
  const mediaUrl = standIns.s3.endpoint;
  const { url } = started.use(await startConsole({ apiUrl, socketUrl, controlUrl, mediaUrl }));
  const all = started.move();
  return {
    ...scene,
    places: { url, apiUrl, socketUrl, controlUrl, allowed: [url, apiUrl, mediaUrl] },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
