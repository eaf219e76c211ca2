import { expect } from "vitest";
import { look } from "./look.ts";
import { openAsOwner, story } from "./story.ts";

const small = { viewport: { width: 360, height: 740 }, colorScheme: "dark" } as const;

story("on a phone in the dark, by keyboard alone, one gets to a QR code", async () => {
  const { page, complaints } = await openAsOwner(small);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("link", { name: "Skip to the content" }).press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("main");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Support");
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "QR code to scan with WhatsApp" }).waitFor();
  await look(page, "qr-phone-dark");
  await page.getByRole("button", { name: "Stop linking" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Connect again" }).waitFor();
  expect(complaints).toEqual([]);
});
