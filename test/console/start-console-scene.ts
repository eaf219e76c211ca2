// The whole system with a simulated WhatsApp, the console in front of it, and a real Chromium.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import axe from "axe-core";
import { chromium as playwright } from "playwright-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { startConsole } from "#local/console/start-console.ts";
import { startScene } from "../system/start-scene.ts";
import type { SceneOptions } from "../system/start-scene.ts";

/** Set it to a folder to have pictures taken for docs/console.md. */
const { CONSOLE_PICTURES: pictures } = process.env;

/** The browser inside the package is built for this platform only. */
export const hasBrowser = process.platform === "linux" && process.arch === "x64";

/** Flags of the package that would hide what a browser refuses, or mix up its windows. */
const unlikeUsers = /^--(?:disable-web-security|allow-running-insecure-content|single-process)/;

export type ConsoleScene = Awaited<ReturnType<typeof startConsoleScene>>;

export async function startConsoleScene(options: SceneOptions = {}) {
  await using started = new AsyncDisposableStack();
  const scene = started.use(await startScene(options));
  const { apiUrl, socketUrl, standIns } = scene.runtime;
  const console = started.use(
    await startConsole({
      apiUrl,
      socketUrl,
      controlUrl: scene.simulator.controlUrl,
      mediaUrl: standIns.s3.endpoint,
    }),
  );
  const browser = await playwright.launch({
    args: chromium.args.filter((flag) => !unlikeUsers.test(flag)),
    executablePath: await chromium.executablePath(),
  });
  started.defer(() => browser.close());
  const allowed = [console.url, apiUrl, standIns.s3.endpoint];
  const all = started.move();

  /** A page of a browser of its own, with what must not happen on it. */
  async function open(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 860 },
      colorScheme: "light",
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on("console", (message) => {
      // A refusal of the API is the answer to something that a test does on purpose.
      const isRefusal = /Failed to load resource: .* status of 4\d\d/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !isRefusal) {
        complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      const isOwn = protocol === "data:" || protocol === "blob:" || allowed.includes(origin);
      if (!isOwn) complaints.push(`asked ${request.url()}`);
    });
    await page.goto(console.url);
    return { page, complaints };
  }

  return {
    ...scene,
    url: console.url,
    open,
    stop: () => all.disposeAsync(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const password = "a long and simple sentence";

/** Registers a new account on the page; gives what it signs in with. */
export async function register(page: Page, name = "Acme"): Promise<{ email: string }> {
  const email = `${Math.random().toString(36).slice(2)}@example.com`;
  await page.getByRole("button", { name: "No account yet? Register" }).click();
  await page.getByLabel("Name of the account").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByText("live", { exact: true }).waitFor();
  return { email };
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("live", { exact: true }).waitFor();
}

/** A view is accessible as far as axe can tell, fits its window, and has its picture taken. */
export async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate("axe.run(document, {resultTypes: ['violations']})")) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  const violations = found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  expect(violations, name).toEqual([]);
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  expect(overflow, `${name} is wider than its window`).toBeLessThanOrEqual(0);
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `console-${name}.png`) });
}
