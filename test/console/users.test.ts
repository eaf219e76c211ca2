import { expect } from "vitest";
import { look } from "./look.ts";
import { signIn } from "./sign-in.ts";
import { open, openAsOwner, password, story } from "./story.ts";

story("somebody is invited by a link, joins, is promoted and removed", async () => {
  const { page, complaints } = await openAsOwner();
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("link", { name: "Users" }).click();
  const bob = `${crypto.randomUUID()}@example.com`;
  await page.getByLabel("E-mail").fill(bob);
  await page.getByRole("button", { name: "Make an invitation" }).click();
  const link = (await page.getByText(/#\/join\//).textContent()) ?? "";
  const row = page.getByRole("row", { name: new RegExp(bob) });
  await row.getByText("invited", { exact: true }).waitFor();
  await look(page, "users");

  const guest = await open();
  await guest.page.getByRole("button", { name: "Have an invitation?" }).waitFor();
  await guest.page.goto(link);
  await guest.page.getByLabel("Password").fill(password);
  await look(guest.page, "join");
  expect(guest.page.url()).not.toContain("join");
  await guest.page.getByRole("button", { name: "Join" }).click();
  await guest.page.getByText("live", { exact: true }).waitFor();
  await guest.page.getByRole("link", { name: "Account" }).click();
  await guest.page.getByText("member:").waitFor();
  await guest.page.getByRole("link", { name: "Users" }).click();
  await guest.page.getByText("Owners and admins invite").waitFor();

  await page.reload();
  await row.getByRole("combobox").selectOption("admin");
  await expect.poll(() => row.getByRole("combobox").inputValue()).toBe("admin");
  await guest.page.reload();
  await guest.page.getByRole("button", { name: "Make an invitation" }).waitFor();

  const own = page.getByRole("row", { name: /\(you\)/ });
  await own.getByRole("combobox").selectOption("member");
  await own.getByRole("alert").getByText("owner").waitFor();
  expect(await own.getByRole("combobox").inputValue()).toBe("owner");

  await row.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Also revoke the API keys").check();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await row.waitFor({ state: "detached" });
  await guest.page.reload();
  await guest.page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect([...complaints, ...guest.complaints]).toEqual([]);
});

story("a changed password ends other sign-ins and not this one", async () => {
  const { page, complaints, email } = await openAsOwner();
  const other = await open();
  await signIn(other.page, email);
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByText("Your other sign-ins").waitFor();
  await page.getByLabel("Present password").fill(password);
  await page.getByLabel("New password").fill("quite another sentence");
  await look(page, "profile");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("The password is changed").waitFor();
  await other.page.reload();
  await other.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.reload();
  await page.getByText("live", { exact: true }).waitFor();
  expect([...complaints, ...other.complaints]).toEqual([]);
});
