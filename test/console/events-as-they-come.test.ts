import { expect } from "vitest";
import { look } from "./look.ts";
import { createPhone, linkSession, openAsOwner, openSession, story } from "./story.ts";

story("a conversation goes both ways, and its events are seen as they come", async () => {
  const { page, complaints, api } = await openAsOwner();
  const { phone } = await linkSession(api, "Sales");
  const ada = await createPhone("Ada");
  await openSession(page, "Sales");
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByLabel("Write to").fill(`+${ada.number}`);
  await page.getByRole("button", { name: "Open the chat" }).click();
  await page.getByLabel("Message", { exact: true }).fill("Are you there?");
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "delivered" }).waitFor();
  const [message] = await ada.received();
  await ada.read(message?.id ?? "");
  await page.getByRole("img", { name: "read" }).waitFor();
  await ada.say(phone.number, "Yes, here I am");
  await page.locator(".thread").getByText("Yes, here I am").waitFor();
  await look(page, "conversations");
  await page.getByRole("link", { name: "Events", exact: true }).click();
  await page.getByLabel("Type").selectOption("message.received");
  await page.locator(".log li").first().waitFor();
  expect(await page.locator(".log li").count()).toBe(1);
  await look(page, "events");
  expect(complaints).toEqual([]);
});
