import { expect } from "vitest";
import type { Page } from "playwright-core";
import { createPhone, linkSession, openAsOwner, openSession, story } from "./story.ts";

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.getByText("live", { exact: true }).waitFor();
}

story("a reload in the middle of linking, sending and answering loses nothing", async () => {
  const { page, complaints } = await openAsOwner();
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  const code = page.getByRole("img", { name: "QR code to scan with WhatsApp" });
  await code.waitFor();
  await reload(page);
  await code.waitFor();
  await page.getByText("Attempt 1 of 3").waitFor();
  expect(await page.getByRole("timer").count()).toBe(2);
  const asked = page.waitForRequest(/\/phones\/\d+\/scan$/);
  await page.getByRole("button", { name: "Scan the code" }).click();
  // Its answer is not waited for: the page goes away while the phone is being linked.
  await asked;
  await reload(page);
  await page.getByText("active", { exact: true }).waitFor();

  const contact = page.getByRole("complementary", { name: "A contact's phone" });
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await contact.getByText("Hello from Wafleet").waitFor();
  await reload(page);
  await contact.getByRole("button", { name: "Open the chat" }).click();
  await page.getByRole("img", { name: "read" }).waitFor();
  await reload(page);
  await page.getByText("Your first message was read").waitFor();
  expect(complaints).toEqual([]);
});

story("each view is the same after a reload, and behind and before in the history", async () => {
  const { page, complaints, api } = await openAsOwner();
  await linkSession(api, "Sales");
  await createPhone("Ada");
  await openSession(page, "Sales");
  for (const name of ["Bulk send", "Event log", "Settings"]) {
    await page.getByRole("link", { name }).click();
    await reload(page);
    const here = page.getByRole("link", { name });
    await expect.poll(() => here.getAttribute("aria-current")).toBe("page");
  }
  const views = ["Webhooks", "Events", "Insight", "Account", "Fleet"];
  for (const name of views) {
    await page.getByRole("link", { name, exact: true }).click();
    await reload(page);
    await page.getByRole("heading", { level: 1, name }).waitFor();
  }
  for (const name of views.toReversed().slice(1)) {
    await page.goBack();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  }
  expect(complaints).toEqual([]);
});
