import type { Page } from "playwright-core";
import { password } from "./story.ts";

/** Registers a new account on the page; gives what it signs in with. */
export async function register(page: Page, name = "Acme"): Promise<{ email: string }> {
  const email = `${Math.random().toString(36).slice(2)}@example.com`;
  await page.getByRole("button", { name: "No account yet? Register" }).click();
  await page.getByLabel("Name of the account").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByText("live", { exact: true }).waitFor();
  return { email };
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("live", { exact: true }).waitFor();
}
