import type { Browser, BrowserContextOptions } from "playwright-core";

/** Where the console is, and whom else its pages may ask. */
export type PagePlaces = { url: string; allowed: string[] };

/** A page of a browser of its own, with what must not happen on it. */
export async function openPage(
  browser: Browser,
  { url, allowed }: PagePlaces,
  options: BrowserContextOptions = {},
) {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 860 },
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
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
  await page.goto(url);
  return { page, complaints };
}
