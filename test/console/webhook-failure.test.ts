import { answer, startReceiver } from "#functions/deliver/test/start-receiver.ts";
import { expect } from "vitest";
import { look } from "./look.ts";
import { openAsOwner, story } from "./story.ts";

story("one sees why a webhook fails, and what failed is sent again", async () => {
  await using receiver = await startReceiver();
  receiver.behave(answer(500, "The database is away"));
  const { page, complaints } = await openAsOwner();
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByText(/^whsec_/).waitFor();
  await look(page, "webhooks");
  await page.getByRole("link", { name: receiver.url }).click();
  await page.getByRole("button", { name: "Send a test event" }).click();
  const row = page.getByRole("row", { name: /webhook.test/ });
  const lookAgain = async () => {
    await page.getByRole("button", { name: "Look again" }).click();
    return row.first().textContent();
  };
  await expect.poll(lookAgain, { timeout: 20_000 }).toContain("500");
  await row.first().getByRole("button", { name: "Show" }).click();
  await page.getByRole("dialog").getByText("webhook-signature").waitFor();
  await look(page, "delivery");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  receiver.behave(answer(204));
  await row.first().getByRole("button", { name: "Send again" }).click();
  await expect.poll(lookAgain, { timeout: 20_000 }).toContain("arrived");
  expect(complaints).toEqual([]);
});
