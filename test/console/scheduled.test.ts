import { afterAll, beforeAll, expect, test as base } from "vitest";
import { bubble, openChat, patience, startChat } from "./start-chat.ts";
import { hasBrowser } from "./launch-browser.ts";
import { look } from "./look.ts";
import { startConsoleScene } from "./start-console-scene.ts";
import type { ConsoleScene } from "./start-chat.ts";

const test = base.runIf(hasBrowser);

let scene: ConsoleScene;
beforeAll(async () => {
  if (hasBrowser) scene = await startConsoleScene();
});
afterAll(() => scene?.stop());

/** As the browser's field takes it. */
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);

test("a message for tomorrow is listed with its time and cancelled, and so is a bulk send", async () => {
  const { page, complaints, contact } = await startChat(scene);
  await openChat(page, contact);
  await page.getByLabel("Message", { exact: true }).fill("See you today");
  await page.getByText("Send later").click();
  await page.getByLabel("Leaves at").fill(tomorrow);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await bubble(page, "See you today").getByText("leaves").waitFor();

  await page.getByRole("link", { name: "Scheduled" }).click();
  const row = page.getByRole("row", { name: /See you today/ });
  await row.waitFor();
  await look(page, "scheduled");
  await row.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).first().click();
  await page.getByText("Nothing is waiting").waitFor();

  await page.getByRole("link", { name: "Bulk send" }).click();
  await page.getByLabel("Recipients, as a table").fill(`to,name\n+${contact.number},Ada`);
  await page.getByLabel("Leaves at").fill(tomorrow);
  await page.getByRole("button", { name: "Send to 1" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send to 1" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("link", { name: "Scheduled" }).click();
  const batch = page.getByRole("article", { name: "Bulk send" });
  await batch.getByRole("button", { name: "Cancel the rest" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the rest" }).click();
  await batch.waitFor({ state: "detached" });

  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByRole("link", { name: /See you today/ }).click();
  await bubble(page, "See you today").getByText("cancelled and not sent").waitFor();
  expect(contact.received()).toEqual([]);
  expect(complaints).toEqual([]);
}, 240_000);

test("what fails in bulk is listed with the reason and can be kept as a table", async () => {
  const { page, complaints, contact } = await startChat(scene);
  await page.getByRole("link", { name: "Bulk send" }).click();
  await page
    .getByLabel("Recipients, as a table")
    .fill(`to,name\n+${contact.number},Ada\n+14155550199,Nobody`);
  await page.getByRole("button", { name: "Send to 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send to 2" }).click();
  await page.getByText("What failed: 1").click();
  await page.getByText("not on WhatsApp").waitFor();
  await look(page, "bulk-failures");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save them as CSV" }).click();
  expect((await saved).suggestedFilename()).toMatch(/failures\.csv$/);
  await contact.waitForMessage({ text: "Hello Ada" }, patience);
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByRole("link", { name: /Hello Nobody/ }).click();
  await bubble(page, "Hello Nobody").getByText("not on WhatsApp").waitFor();
  await bubble(page, "Hello Nobody").getByRole("button").click();
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).waitFor();
  await look(page, "message-failed");
  expect(complaints).toEqual([]);
}, 240_000);
