import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Set it to a folder to have pictures taken for docs/console.md. */
const { CONSOLE_PICTURES: pictures } = process.env;

/** A view passes its check, and has its picture taken. */
export async function look(page: Page, name: string): Promise<void> {
  // Before axe, which scrolls.
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `console-${name}.png`) });
  }
  await check(page, name);
}

/** A view is accessible in both themes as far as axe can tell, and fits its window. */
export async function check(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  const isDark = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
  for (const colorScheme of isDark ? lightLast.toReversed() : lightLast) {
    // Colours that are still on their way would be found wanting. This begins no more of that, and
    // what has begun, as by the click that led here, goes on to its end.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(arrival);
    expect(await violationsOn(page), `${name}, ${colorScheme}`).toEqual([]);
  }
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  expect(overflow, `${name} is wider than its window`).toBeLessThanOrEqual(0);
}

/** Resolves when all of them have arrived. */
const arrival = `(async () => {
  const moving = () => document.getAnimations().filter((one) => one instanceof CSSTransition);
  for (let left = moving(); left.length > 0; left = moving()) {
    await Promise.allSettled(left.map(({ finished }) => finished));
  }
})()`;

const lightLast = ["dark", "light"] as const;

async function violationsOn(page: Page): Promise<unknown[]> {
  const { violations } = (await page.evaluate(
    "axe.run(document, {resultTypes: ['violations']})",
  )) as { violations: { id: string; nodes: { html: string }[] }[] };
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
