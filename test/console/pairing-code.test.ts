import { expect } from "vitest";
import { look } from "./look.ts";
import { openAsOwner, story } from "./story.ts";

story("a phone links by a code that is typed, and the code survives a reload", async () => {
  const { page, complaints } = await openAsOwner();
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  await page.getByRole("button", { name: "Stop linking" }).click();
  await page.getByText("Link by a code instead").click();
  const number = `+1555${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`;
  await page.getByLabel("Phone that will type the code").fill(number);
  await page.getByRole("button", { name: "Get a code" }).click();
  const code = (await page.locator("output").textContent()) ?? "";
  expect(code).toMatch(/^[A-Z0-9]{4}-?[A-Z0-9]{4}$/);
  await page.reload();
  await page.locator("output").getByText(code).waitFor();
  await look(page, "pairing-code");
  await page.getByRole("button", { name: /^Type the code/ }).click();
  await page.getByText("active", { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});
