import { answer, startReceiver } from "#functions/deliver/test/start-receiver.ts";
import { createClient } from "#client/create-client.ts";
import { afterAll, beforeAll, expect, test as base } from "vitest";
import { hasBrowser, look, register, startConsoleScene } from "./start-console-scene.ts";
import type { ConsoleScene } from "./start-console-scene.ts";

const test = base.runIf(hasBrowser);

let scene: ConsoleScene;
beforeAll(async () => {
  if (hasBrowser) scene = await startConsoleScene();
});
afterAll(() => scene?.stop());

test("a key is shown once, works, is revoked, and then does not", async () => {
  const { page, complaints } = await scene.open();
  await register(page);
  await page.getByRole("link", { name: "API keys" }).click();
  await page.getByLabel("What it is for").fill("shop");
  await page.getByLabel("account:read").check();
  await page.getByRole("button", { name: "Create" }).click();
  const key = (await page.getByText(/^waf_/).first().textContent()) ?? "";
  const api = createClient({ baseUrl: scene.runtime.apiUrl, token: key });
  expect((await api.GET("/v1/me")).response.status).toBe(200);
  await look(page, "keys");
  await page.reload();
  await page.getByRole("cell", { name: "shop" }).waitFor();
  expect(await page.getByText(key).count()).toBe(0);
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("No key yet.").waitFor();
  expect((await api.GET("/v1/me")).response.status).toBe(401);

  await page.getByRole("link", { name: "Audit" }).click();
  await page.getByText("deleteKey").waitFor();
  await look(page, "audit");
  expect(complaints).toEqual([]);
}, 60_000);

test("one sees why a webhook fails, and what failed is sent again", async () => {
  await using receiver = await startReceiver();
  receiver.behave(answer(500, "The database is away"));
  const { page, complaints } = await scene.open();
  await register(page);
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByText(/^whsec_/).waitFor();
  await look(page, "webhooks");
  await page.getByRole("link", { name: receiver.url }).click();
  await page.getByRole("button", { name: "Send a test event" }).click();
  const row = page.getByRole("row", { name: /webhook.test/ });
  await expect
    .poll(
      async () => {
        await page.getByRole("button", { name: "Look again" }).click();
        return row.first().textContent();
      },
      { timeout: 20_000 },
    )
    .toContain("500");
  await row.first().getByRole("button", { name: "Show" }).click();
  await page.getByRole("dialog").getByText("webhook-signature").waitFor();
  await look(page, "delivery");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  receiver.behave(answer(204));
  await row.first().getByRole("button", { name: "Send again" }).click();
  await expect
    .poll(
      async () => {
        await page.getByRole("button", { name: "Look again" }).click();
        return row.first().textContent();
      },
      { timeout: 20_000 },
    )
    .toContain("arrived");
  expect(complaints).toEqual([]);
}, 60_000);

test("a conversation goes both ways, many get one text, and events are seen as they come", async () => {
  const { page, complaints } = await scene.open();
  await register(page);
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  await page.getByRole("button", { name: "Scan the code" }).click();
  await page.getByRole("button", { name: "Unlink the phone" }).waitFor();
  const ada = await scene.simulator.createPhone({ name: "Ada" });
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByLabel("Write to").fill(`+${ada.number}`);
  await page.getByRole("button", { name: "Open the chat" }).click();
  await page.getByLabel("Message", { exact: true }).fill("Are you there?");
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "delivered" }).waitFor();
  const [message] = ada.received();
  await ada.read(message?.id ?? "");
  await page.getByRole("img", { name: "read" }).waitFor();
  await ada.say(message?.from ?? "", "Yes, here I am");
  await page.locator(".thread").getByText("Yes, here I am").waitFor();
  await look(page, "conversations");
  await page.getByRole("link", { name: "Bulk send" }).click();
  const grace = await scene.simulator.createPhone({ name: "Grace" });
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
    .poll(() => grace.received().map(({ text }) => text), { timeout: 10_000 })
    .toEqual(["Hello Grace, too"]);
  await look(page, "bulk-progress");
  await page.getByRole("link", { name: "Events", exact: true }).click();
  await page.getByLabel("Type").selectOption("message.received");
  await page.locator(".log li").first().waitFor();
  expect(await page.locator(".log li").count()).toBe(1);
  await look(page, "events");
  expect(complaints).toEqual([]);
}, 60_000);
