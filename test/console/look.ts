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

/** A view is accessible as far as axe can tell, and fits its window. */
export async function check(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate("axe.run(document, {resultTypes: ['violations']})")) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  const violations = found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  expect(violations, name).toEqual([]);
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  expect(overflow, `${name} is wider than its window`).toBeLessThanOrEqual(0);
}
