import { expect } from "vitest";
import { look } from "./look.ts";
import { signIn } from "./sign-in.ts";
import { open, openAsOwner, story } from "./story.ts";

story("two browsers see the same at once; what is lost is said before", async () => {
  const { page, complaints, email } = await openAsOwner();
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  const other = await open();
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
});
