import { expect } from "vitest";
import { look } from "./look.ts";
import { register } from "./sign-in.ts";
import { startConsoleScene } from "./start-console-scene.ts";
import { story } from "./story.ts";

story("a code that runs out is followed by a numbered one; after three it says so", async () => {
  // What is cut here is every connection: the system is this story's own.
  await using scene = await startConsoleScene();
  /** As WhatsApp does when its codes have run out. */
  const runOut = () =>
    fetch(`${scene.simulator.controlUrl}/control/connections/drop`, { method: "POST" });
  const { page, complaints } = await scene.open();
  await register(page);
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  for (const attempt of [1, 2, 3]) {
    await page.getByText(`Attempt ${attempt} of 3`).waitFor();
    for (const timer of await page.getByRole("timer").all()) {
      expect(await timer.textContent()).toMatch(/^\d:\d\d$/);
    }
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
});
