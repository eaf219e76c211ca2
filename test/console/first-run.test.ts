import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test as base } from "vitest";
import { buildConsole } from "#local/console/build-console.ts";
import { hasBrowser, look, register, startConsoleScene } from "./start-console-scene.ts";
import type { ConsoleScene } from "./start-console-scene.ts";

const test = base.runIf(hasBrowser);

let scene: ConsoleScene;
beforeAll(async () => {
  if (hasBrowser) scene = await startConsoleScene();
});
afterAll(() => scene?.stop());

test("an empty account is led from nothing to its first message being read, reloads included", async () => {
  const { page, complaints } = await scene.open();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look(page, "sign-in");
  await register(page);
  await page.getByText("From nothing to the first message").waitFor();
  await look(page, "first-run");
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();

  await page.getByRole("img", { name: "QR code to scan with WhatsApp" }).waitFor();
  await page.getByText("Attempt 1 of 3").waitFor();
  expect(await page.getByRole("timer").count()).toBe(2);
  await look(page, "qr");
  await page.reload();
  await page.getByRole("img", { name: "QR code to scan with WhatsApp" }).waitFor();
  await page.getByRole("button", { name: "Scan the code" }).click();
  await page.getByText("active", { exact: true }).waitFor();

  const contact = page.getByRole("complementary", { name: "A contact's phone" });
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await contact.getByText("Hello from Wafleet").waitFor();
  await page.getByRole("img", { name: "delivered" }).waitFor();
  await page.reload();
  await contact.getByRole("button", { name: "Open the chat" }).click();
  await page.getByRole("img", { name: "read" }).waitFor();
  await page.getByText("Your first message was read").waitFor();
  await contact.getByRole("button", { name: "Reply" }).click();
  await page.locator(".bubbles .inbound").getByText("Hello yourself").waitFor();
  await look(page, "first-message");
  expect(complaints).toEqual([]);
}, 120_000);

test("signing out ends the sign-in in the browser's other tabs, and nothing is left behind", async () => {
  const { page, complaints } = await scene.open();
  const { email } = await register(page);
  const second = await page.context().newPage();
  await second.goto(scene.url);
  await second.getByText("live", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await second.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.evaluate("localStorage.length")).toBe(0);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  expect(complaints).toEqual([]);
});

test("on a phone in the dark, by keyboard alone, one gets from the sign-in to a QR code", async () => {
  const { page, complaints } = await scene.open({
    viewport: { width: 360, height: 740 },
    colorScheme: "dark",
  });
  await register(page);
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.type("Support");
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "QR code to scan with WhatsApp" }).waitFor();
  await look(page, "qr-phone-dark");
  await page.getByRole("button", { name: "Stop linking" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Connect again" }).waitFor();
  expect(complaints).toEqual([]);
});

test("the first load is small", async () => {
  const folder = await buildConsole();
  const names = readdirSync(join(folder, "assets")).map((name) => join("assets", name));
  const bytes = ["index.html", ...names]
    .map((name) => gzipSync(readFileSync(join(folder, name))).length)
    .reduce((sum, length) => sum + length, 0);
  console.info(`the console's files, compressed: ${Math.ceil(bytes / 1024)} KB`);
  expect(bytes).toBeLessThanOrEqual(200 * 1024);
});
