// What a story needs: the console that all of them share, and people and phones of its own.
import { chromium as playwright } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, inject, test as base } from "vitest";
import { createClient } from "#client/create-client.ts";
import type { WafleetClient } from "#client/create-client.ts";
import { requireData } from "#client/require-data.ts";
import { createPhone as makePhone } from "#local/demo/phone.ts";
import type { Phone } from "#local/demo/phone.ts";
import { until } from "#local/demo/until.ts";
import { hasBrowser } from "./launch-browser.ts";
import { openPage } from "./open-page.ts";

/** A story that takes as long as it takes on a busy machine. */
export const story = (title: string, tell: () => Promise<void>) =>
  base.runIf(hasBrowser)(title, { timeout: 240_000 }, tell);

export const password = "a long and simple sentence";

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** A page of a new browser, signed in to nothing. */
export async function open(options?: BrowserContextOptions) {
  const places = inject("console");
  browser ??= playwright.connect(places.browserUrl);
  return openPage(await browser, places, options);
}

export const createPhone = (name: string): Promise<Phone> =>
  makePhone(inject("console").controlUrl, name);

/** An account with its owner, made without the page; `token` is good for the length of a story. */
async function createOwner() {
  const { apiUrl: baseUrl } = inject("console");
  const email = `${crypto.randomUUID()}@example.com`;
  const body = { email, password, name: "Acme" };
  const made = await requireData(createClient({ baseUrl }).POST("/v1/auth/register", { body }));
  const api = createClient({ baseUrl, token: made.accessToken });
  return { email, api, refreshToken: made.refreshToken };
}

/** A page on which a new account's owner is signed in, with the API for what happens elsewhere. */
export async function openAsOwner(options?: BrowserContextOptions) {
  const { email, api, refreshToken } = await createOwner();
  const { page, complaints } = await open(options);
  // It may not find the token before the reload, which would lose what it is traded for.
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  const keep = `localStorage.setItem("wafleet.refresh", ${JSON.stringify(refreshToken)})`;
  await page.evaluate(keep);
  await page.reload();
  await page.getByText("live", { exact: true }).waitFor();
  return { page, complaints, email, api };
}

/** A session of that name with a phone linked to it. */
export async function linkSession(api: WafleetClient, name: string) {
  const { id } = await requireData(api.POST("/v1/sessions", { body: { name } }));
  const phone = await createPhone("Owner");
  const params = { path: { sessionId: id } };
  await requireData(api.POST("/v1/sessions/{sessionId}/connect", { params }));
  const { data: code } = await until(
    "a QR code",
    () => api.GET("/v1/sessions/{sessionId}/qr", { params }),
    ({ data }) => data !== undefined,
  );
  await phone.scan(code?.qr ?? "");
  await until(
    "the session being active",
    () => requireData(api.GET("/v1/sessions/{sessionId}/status", { params })),
    ({ status }) => status === "active",
  );
  return { sessionId: id, phone };
}

/** From the list to a session's page. */
export async function openSession(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { name }).waitFor();
}
