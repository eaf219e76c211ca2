import { expect } from "vitest";
import { openAsOwner, story } from "./story.ts";

story("signing out ends it in the browser's other tabs, and nothing is left behind", async () => {
  const { page, complaints, email } = await openAsOwner();
  const second = await page.context().newPage();
  await second.goto(page.url());
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
