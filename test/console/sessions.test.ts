import { afterAll, beforeAll, expect, test as base } from "vitest";
import { hasBrowser, look, register, signIn, startConsoleScene } from "./start-console-scene.ts";
import type { ConsoleScene } from "./start-console-scene.ts";

const test = base.runIf(hasBrowser);

let scene: ConsoleScene;
beforeAll(async () => {
  if (hasBrowser) scene = await startConsoleScene();
});
afterAll(() => scene?.stop());

/** As WhatsApp does when its codes have run out. */
const runOut = () =>
  fetch(`${scene.simulator.controlUrl}/control/connections/drop`, { method: "POST" });

test("two browsers see the same; what is lost by stopping and unlinking is said before", async () => {
  const { page, complaints } = await scene.open();
  const { email } = await register(page);
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  const other = await scene.open();
  await signIn(other.page, email);
  const row = other.page.getByRole("row", { name: /Sales/ });
  await row.getByText("waiting for a scan").waitFor();
  await page.getByRole("button", { name: "Scan the code" }).click();
  await row.getByText("active", { exact: true }).waitFor();
  await look(other.page, "sessions");

  await page.getByRole("button", { name: "Stop", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("The phone stays linked").waitFor();
  await look(page, "confirmation");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await row.getByText("not connected").waitFor();
  await page.getByRole("button", { name: "Connect again" }).click();
  await row.getByText("active", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Unlink the phone" }).click();
  await dialog.getByText("credentials are deleted").waitFor();
  await dialog.getByRole("button", { name: "Unlink the phone" }).click();
  await row.getByText("not connected").waitFor();

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete the session" }).click();
  await dialog.getByRole("button", { name: "Delete the session" }).click();
  await other.page.getByText("From nothing to the first message").waitFor();
  expect([...complaints, ...other.complaints]).toEqual([]);
}, 120_000);

test("a code that runs out is followed by a numbered attempt; after three it stops and says so", async () => {
  const { page, complaints } = await scene.open();
  await register(page);
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  for (const attempt of [1, 2, 3]) {
    await page.getByText(`Attempt ${attempt} of 3`).waitFor();
    await runOut();
  }
  await page.getByText("stopped", { exact: true }).waitFor();
  await look(page, "qr-limit");
  await page.getByRole("button", { name: "Connect again" }).click();
  await page.getByText("Attempt 1 of 3").waitFor();
  await page.getByRole("button", { name: "Stop linking" }).click();

  await page.getByRole("link", { name: "All sessions" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("link", { name: "Use the existing session" }).click();
  await page.getByRole("button", { name: "Connect again" }).waitFor();
  expect(complaints).toEqual([]);
}, 120_000);

test("a phone links by a code that is typed, and the code survives a reload", async () => {
  const { page, complaints } = await scene.open();
  await register(page);
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  await page.getByRole("button", { name: "Stop linking" }).click();
  await page.getByText("Link by a code instead").click();
  await page.getByLabel("Phone that will type the code").fill("+15550001234");
  await page.getByRole("button", { name: "Get a code" }).click();
  const code = await page.locator("output").textContent();
  expect(code).toMatch(/^[A-Z0-9]{4}-?[A-Z0-9]{4}$/);
  await page.reload();
  await page
    .locator("output")
    .getByText(code ?? "")
    .waitFor();
  await look(page, "pairing-code");
  await page.getByRole("button", { name: /^Type the code/ }).click();
  await page.getByText("active", { exact: true }).waitFor();
  expect(complaints).toEqual([]);
}, 120_000);
