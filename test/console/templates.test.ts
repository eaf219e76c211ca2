import { afterAll, beforeAll, expect, test as base } from "vitest";
import { attach, bubble, openChat, patience, startChat } from "./start-chat.ts";
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

test("a template is made, changed, sent to one and to many, and deleted", async () => {
  const { page, complaints, contact } = await startChat(scene);
  const grace = await scene.simulator.createPhone({ name: "Grace" });
  await page.getByRole("link", { name: "Templates" }).click();
  await page.getByText("No template yet").waitFor();
  await page.getByLabel("Name", { exact: true }).fill("On its way");
  await page.getByLabel("Text", { exact: true }).fill("Hello {{name}}, {{order}} has left.");
  const preview = page.getByRole("complementary", { name: "Preview" });
  await preview.getByLabel("name").fill("Ada");
  await preview.getByText("Hello Ada, {{order}} has left.").waitFor();
  await page.getByRole("button", { name: "Create" }).click();
  const card = page.getByRole("listitem").filter({ hasText: "On its way" });
  await card.getByText("Variables: name, order").waitFor();
  await look(page, "templates");
  await card.getByRole("button", { name: /^Edit/ }).click();
  await page.getByLabel("Text", { exact: true }).fill("Dear {{name}}, {{order}} has left.");
  await page.getByRole("button", { name: "Save" }).click();
  await card.getByText("Dear {{name}}").waitFor();

  await page.getByRole("link", { name: "Sessions" }).click();
  await page.getByRole("link", { name: "Sales" }).click();
  await openChat(page, contact);
  await attach(page, "Template");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("name").fill("Ada");
  await dialog.getByLabel("order").fill("4711");
  await dialog.getByText("Dear Ada, 4711 has left.").waitFor();
  await look(page, "send-template");
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await bubble(page, "Dear Ada, 4711 has left.").waitFor();
  await contact.waitForMessage({ text: "Dear Ada, 4711 has left." }, patience);

  await page.getByRole("link", { name: "Bulk send" }).click();
  await page.getByLabel("What is sent").selectOption({ label: "On its way" });
  const table = `to,name,order\n+${contact.number},Ada,1\n+${grace.number},Grace,2`;
  await page
    .getByLabel("or from a CSV file")
    .setInputFiles({ name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.getByText("Dear Grace, 2 has left.").waitFor();
  await look(page, "bulk-template");
  await page.getByRole("button", { name: "Send to 2" }).click();
  await dialog.getByRole("button", { name: "Send to 2" }).click();
  await grace.waitForMessage({ text: "Dear Grace, 2 has left." }, patience);
  await contact.waitForMessage({ text: "Dear Ada, 1 has left." }, patience);
  await page.getByText("2 of 2 sent").waitFor();

  await page.getByRole("link", { name: "Templates" }).click();
  await card.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await page.getByText("No template yet").waitFor();
  expect(complaints).toEqual([]);
}, 240_000);
