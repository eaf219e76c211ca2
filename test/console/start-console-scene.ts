import { chromium as playwright } from "playwright-core";
import type { BrowserContextOptions } from "playwright-core";
import { browserOptions } from "./launch-browser.ts";
import { openPage } from "./open-page.ts";
import { startSystem } from "./start-system.ts";

/** A system and a browser of its own, for who reaches into the simulator or breaks something. */
export async function startConsoleScene() {
  await using started = new AsyncDisposableStack();
  const system = started.use(await startSystem());
  const browser = await playwright.launch(await browserOptions());
  started.defer(() => browser.close());
  const all = started.move();
  return {
    ...system,
    url: system.places.url,
    open: (options?: BrowserContextOptions) => openPage(browser, system.places, options),
    stop: () => all.disposeAsync(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
