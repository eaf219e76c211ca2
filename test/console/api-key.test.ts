import { createClient } from "#client/create-client.ts";
import { expect, inject } from "vitest";
import { look } from "./look.ts";
import { openAsOwner, story } from "./story.ts";

const meWith = async (key: string) => {
  const api = createClient({ baseUrl: inject("console").apiUrl, token: key });
  return (await api.GET("/v1/me")).response.status;
};

story("a key is shown once, works, is rotated and revoked, and then does not", async () => {
  const { page, complaints } = await openAsOwner();
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("link", { name: "API keys" }).click();
  await page.getByLabel("What it is for").fill("shop");
  await page.getByLabel("account:read").check();
  await page.getByRole("combobox", { name: "Ends" }).selectOption("In 90 days");
  await page.getByRole("button", { name: "Create" }).click();
  const shown = page.getByText(/^waf_live_\S{20,}$/);
  const key = (await shown.textContent()) ?? "";
  expect(await meWith(key)).toBe(200);
  await look(page, "keys");

  await page.getByRole("button", { name: "Rotate" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("The old one works for").selectOption("another hour");
  await look(page, "rotate-key");
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await page.getByText(key).waitFor({ state: "detached" });
  const next = (await shown.textContent()) ?? "";
  expect([await meWith(key), await meWith(next)]).toEqual([200, 200]);

  await page.reload();
  await page.getByRole("cell", { name: /^shop/ }).waitFor();
  expect(await shown.count()).toBe(0);
  await page.getByRole("button", { name: "Revoke" }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await page.getByText("No key yet.").waitFor();
  expect([await meWith(key), await meWith(next)]).toEqual([401, 401]);

  await page.getByRole("link", { name: "Audit" }).click();
  await page.getByText("deleteKey").waitFor();
  await look(page, "audit");
  expect(complaints).toEqual([]);
});
