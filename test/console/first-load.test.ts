import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject } from "vitest";
import { buildConsole } from "#local/console/build-console.ts";
import { check, look } from "./look.ts";
import { linkSession, open, openAsOwner, openSession, story } from "./story.ts";

const budget = 200 * 1024;
const inKilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;

story("what a first visit loads is small", async () => {
  const folder = await buildConsole();
  const sizeOf = (path: string) => gzipSync(readFileSync(join(folder, path))).length;
  const all = readdirSync(join(folder, "assets"))
    .map((name) => sizeOf(join("assets", name)))
    .reduce((sum, length) => sum + length, sizeOf("index.html"));
  const { page } = await open();
  const names = (await page.evaluate(
    "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)",
  )) as string[];
  const first = names
    .filter((name) => name.startsWith("/assets/"))
    .map(sizeOf)
    .reduce((sum, length) => sum + length, sizeOf("index.html"));
  console.info(
    `the console, compressed: first load ${inKilobytes(first)}, all ${inKilobytes(all)}`,
  );
  expect(first).toBeLessThanOrEqual(budget);
  expect(first).toBeLessThan(all);
});

story(
  "the page says what it is, is told apart, and is cached for ever but for its entry",
  async () => {
    const { url } = inject("console");
    const entry = await fetch(url);
    const html = await entry.text();
    expect(html).toMatch(/<html lang="en">/);
    expect(html).toMatch(/<meta name="viewport" content="width=device-width, initial-scale=1"/);
    expect(html).toMatch(/<meta name="description" content="[^"]{20,160}"/);
    expect(html).toMatch(/<link rel="icon"/);
    expect(html).not.toMatch(/<script(?![^>]+type="module")/);
    expect(entry.headers.get("cache-control")).toBe("no-cache");
    const [, asset = ""] = /src="\.(\/assets\/[^"]+)"/.exec(html) ?? [];
    const script = await fetch(new URL(asset, url));
    expect(script.headers.get("cache-control")).toContain("immutable");
    const { page } = await openAsOwner();
    const titleNow = () => page.title();
    await page.getByRole("link", { name: "Webhooks" }).click();
    await expect.poll(titleNow).toBe("Webhooks · Wafleet");
    await page.getByRole("link", { name: "Sessions" }).click();
    await expect.poll(titleNow).toBe("Sessions · Wafleet");
  },
);

/** How far what was already there was moved by what came later, as Web Vitals count it. */
const shift = `new Promise((resolve) => {
  let sum = 0;
  const watch = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  });
  watch.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})`;

/** WCAG 2.5.8: 24 pixels a side, but for links inside of a sentence. */
const smallTargets = `[...document.querySelectorAll("button, select, input, summary, nav a")]
  .filter((element) => element.checkVisibility() && !element.closest(".skip"))
  .map((element) => [element.closest("label.check") ?? element, element.outerHTML.slice(0, 90)])
  .filter(([box]) => {
    const { width, height } = box.getBoundingClientRect();
    return width < 24 || height < 24;
  })
  .map(([, html]) => html)`;

const unsizedImages = `[...document.images]
  .filter((image) => !image.hasAttribute("width") || !image.hasAttribute("height"))
  .map((image) => image.outerHTML.slice(0, 90))`;

const darkPhone = { viewport: { width: 360, height: 740 }, colorScheme: "dark" } as const;

story(
  "on a phone in the dark, targets are large enough, pictures have sizes, and nothing jumps",
  async () => {
    const { page, complaints, api } = await openAsOwner(darkPhone);
    await linkSession(api, "Sales");
    const paths = [
      "/",
      "/webhooks",
      "/events",
      "/insight",
      "/account",
      "/account/users",
      "/account/keys",
    ];
    for (const path of paths) {
      await page.goto(`${inject("console").url}#${path}`);
      await page.reload();
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByText("live", { exact: true }).waitFor();
      expect(await page.evaluate(smallTargets), path).toEqual([]);
      expect(await page.evaluate(unsizedImages), path).toEqual([]);
      expect(await page.evaluate(shift), path).toBeLessThan(0.1);
      await check(page, path);
    }
    await page.goto(`${inject("console").url}#/`);
    await openSession(page, "Sales");
    for (const name of ["Event log", "Settings"]) {
      await page.getByRole("link", { name }).click();
      expect(await page.evaluate(smallTargets), name).toEqual([]);
      await check(page, name);
    }
    await page.getByRole("link", { name: "Insight" }).click();
    await page.getByRole("figure", { name: "Messages by day" }).waitFor();
    await look(page, "insight-phone-dark");
    expect(complaints).toEqual([]);
  },
);
