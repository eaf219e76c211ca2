import { expect } from "vitest";
import { look } from "./look.ts";
import { createPhone, linkSession, openAsOwner, openSession, story } from "./story.ts";

story("many get one text, each with their own words, and its progress is seen", async () => {
  const { page, complaints, api } = await openAsOwner();
  await linkSession(api, "Sales");
  const [ada, grace] = await Promise.all([createPhone("Ada"), createPhone("Grace")]);
  await openSession(page, "Sales");
  await page.getByRole("link", { name: "Bulk send" }).click();
  await page.getByLabel("Recipients, as a table").fill(`to,given\n+${ada.number},Ada`);
  await page.getByRole("alert").getByText("no column “name”").waitFor();
  const table = `to,name\n+${ada.number},Ada\n+${grace.number},"Grace, too"`;
  await page.getByLabel("Recipients, as a table").fill(table);
  await page.getByText("Hello Grace, too").waitFor();
  await look(page, "bulk-preview");
  await page.getByRole("button", { name: "Send to 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send to 2" }).click();
  await page.getByText("2 of 2 sent").waitFor();
  await expect
    .poll(async () => (await grace.received()).map(({ text }) => text))
    .toEqual(["Hello Grace, too"]);
  await look(page, "bulk-progress");
  expect(complaints).toEqual([]);
});
