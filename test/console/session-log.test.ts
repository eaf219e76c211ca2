import { expect } from "vitest";
import { look } from "./look.ts";
import { createPhone, linkSession, openAsOwner, openSession, story } from "./story.ts";

story("a session's log tells what happened before the page was opened, and since", async () => {
  const { page, complaints, api } = await openAsOwner();
  const { phone } = await linkSession(api, "Sales");
  await page.reload();
  await page.getByText("live", { exact: true }).waitFor();
  await openSession(page, "Sales");
  await page.getByRole("link", { name: "Event log" }).click();
  const lines = page.locator(".log li");
  await lines.filter({ hasText: "session.qr_code" }).first().waitFor();
  expect(await lines.first().textContent()).toContain("active");
  const ada = await createPhone("Ada");
  await ada.say(phone.number, "Good morning");
  await lines.filter({ hasText: "message.received" }).waitFor();
  await look(page, "log");
  await page.getByLabel("Type").selectOption("message.received");
  expect(await lines.count()).toBe(1);
  await lines.locator("summary").click();
  await lines.getByText("Good morning").waitFor();
  await page.getByLabel("Type").selectOption("poll.vote");
  await page.getByText("Nothing of this type").waitFor();
  expect(complaints).toEqual([]);
});
