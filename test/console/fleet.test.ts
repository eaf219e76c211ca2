import { expect, inject } from "vitest";
import { look } from "./look.ts";
import { linkSession, openAsOwner, story } from "./story.ts";

story("who has the operator secret sees how the fleet is; nobody else does", async () => {
  const { page, complaints, api } = await openAsOwner();
  await linkSession(api, "Sales");
  await page.getByRole("link", { name: "Fleet" }).click();
  await page.getByLabel("Secret", { exact: true }).fill("not the secret");
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Secret", { exact: true }).fill(inject("console").operatorSecret);
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("row", { name: /commands/ }).waitFor();
  await page.getByRole("figure", { name: "Wanted sessions by state" }).waitFor();
  await look(page, "fleet");
  // In memory, but only there.
  await page.getByRole("link", { name: "Sessions" }).click();
  await page.getByRole("link", { name: "Fleet" }).click();
  await page.getByRole("row", { name: /commands/ }).waitFor();
  const kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])";
  expect(await page.evaluate(kept)).not.toContain(inject("console").operatorSecret);
  await page.reload();
  await page.getByLabel("Secret", { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});
