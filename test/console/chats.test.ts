import { afterAll, beforeAll, expect, test as base } from "vitest";
import { bubble, patience, startChat } from "./start-chat.ts";
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

test("on a phone's width chats are found, counted, read, muted and archived; groups say who wrote", async () => {
  const viewport = { width: 390, height: 780 };
  const { page, complaints, owner, contact } = await startChat(scene, { viewport });
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByText("No chats yet").waitFor();
  const grace = await scene.simulator.createPhone({ name: "Grace" });
  const members = [owner.number, contact.number, grace.number];
  const { jid } = scene.simulator.createGroup({ subject: "The crew", members });
  await contact.say(owner.number, "First");
  const { id } = await contact.say(owner.number, "Second");
  await grace.say(jid, "Hello all");
  const chat = page.getByRole("link", { name: /Ada/ });
  await chat.getByRole("img", { name: "2 new messages" }).waitFor();
  await page.getByRole("link", { name: /Hello all/ }).waitFor();
  await look(page, "chats-phone");
  await page.getByLabel("Search chats").fill("ada");
  await expect.poll(() => page.locator("a.chat").count(), { timeout: patience }).toBe(1);
  await page.getByLabel("Search chats").fill("");

  await chat.click();
  await bubble(page, "Second").waitFor();
  await look(page, "conversation-phone");
  const act = async (name: string) => {
    await page.locator("summary").filter({ hasText: "Chat actions" }).click();
    await page.getByRole("button", { name, exact: true }).click();
  };
  await act("Mark as read");
  await expect
    .poll(() => contact.receipts().map((receipt) => receipt.id), { timeout: patience })
    .toContain(id);
  await act("Mute for 8 hours");
  await page.locator(".thread-head").getByText("muted").waitFor();
  await act("Archive");
  await page.getByRole("link", { name: "← Chats" }).click();
  await page.getByRole("button", { name: "Archived (1)" }).click();
  await chat.waitFor();
  await page.getByRole("button", { name: "Back to all chats" }).click();

  await page.getByRole("link", { name: /Hello all/ }).click();
  await bubble(page, "Hello all").getByText("Grace").waitFor();
  await page.locator("summary").filter({ hasText: "Mention" }).click();
  await page.getByRole("button", { name: "Grace" }).click();
  await page.getByLabel("Message", { exact: true }).press("End");
  await page.keyboard.type("welcome");
  await page.keyboard.press("Enter");
  const said = await grace.waitForMessage({ text: `@${grace.number} welcome` }, patience);
  expect(said.content?.mentions).toHaveLength(1);
  await bubble(page, "@Grace welcome").waitFor();
  expect(complaints).toEqual([]);
}, 240_000);

test("older messages come when one scrolls up, and what is in view stays there", async () => {
  const { page, complaints, owner, contact } = await startChat(scene);
  const second = () => Math.floor(Date.now() / 1_000);
  for (let number = 1; number <= 60; number += 1) {
    // What came within one second is listed in any order: the first and the last ones have their own.
    const before = second();
    if (number === 6 || number === 56)
      await expect.poll(second, { timeout: patience }).toBeGreaterThan(before);
    await contact.say(owner.number, `Line ${number}.`);
  }
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByRole("link", { name: /Line 60\./ }).click();
  await bubble(page, "Line 60.").waitFor();
  // What came live is there anyway; now it is read in pages, of which the first has forty.
  await page.reload();
  await bubble(page, "Line 60.").waitFor();
  await page.getByRole("region", { name: "Messages" }).focus();
  await page.keyboard.press("Home");
  await bubble(page, "Line 1.").waitFor({ state: "attached" });
  // The browser scrolls a key's way smoothly, and does not stop on the way for another.
  await page.keyboard.press("Home");
  const first = async () => (await bubble(page, "Line 1.").boundingBox())?.y ?? -Infinity;
  await expect.poll(first, { timeout: patience }).toBeGreaterThan(0);
  await page.getByRole("button", { name: "To the newest" }).click();
  await contact.say(owner.number, "Line 61.");
  await bubble(page, "Line 61.").waitFor();
  const bottom = async () => (await bubble(page, "Line 61.").boundingBox())?.y ?? Infinity;
  await expect.poll(bottom, { timeout: patience }).toBeLessThan(800);
  expect(complaints).toEqual([]);
}, 240_000);
