import { text } from "node:stream/consumers";
import { requireData } from "#client/require-data.ts";
import { expect } from "vitest";
import { look } from "./look.ts";
import { createPhone, linkSession, openAsOwner, story } from "./story.ts";

story("what goes through sessions is counted, drawn and told, also while it happens", async () => {
  const { page, complaints, api } = await openAsOwner();
  const { sessionId, phone } = await linkSession(api, "Sales");
  const ada = await createPhone("Ada");
  const say = async (body: string) => {
    const params = { path: { sessionId } };
    const message = { to: `+${ada.number}`, type: "text" as const, text: { body } };
    await requireData(api.POST("/v1/sessions/{sessionId}/messages", { params, body: message }));
  };
  await say("One");
  await say("Two");
  await expect.poll(async () => (await ada.received()).length, { timeout: 20_000 }).toBe(2);
  await page.getByRole("link", { name: "Insight" }).click();
  const counter = (name: string) =>
    page.locator(".counters > div", { has: page.getByText(name, { exact: true }) }).locator("dd");
  await expect.poll(() => counter("delivered").textContent(), { timeout: 20_000 }).toBe("2");

  // Nobody asks the API: events tell.
  await ada.say(phone.number, "Three");
  await expect.poll(() => counter("received").textContent(), { timeout: 20_000 }).toBe("1");
  const chart = page.getByRole("figure", { name: "Messages by day" });
  await chart.getByRole("img", { name: "2 sent, 1 received, 0 failed" }).waitFor();
  const isPainted = `(() => {
    const canvas = document.querySelector(".plot canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0);
  })()`;
  await expect.poll(() => page.evaluate(isPainted), { timeout: 20_000 }).toBe(true);
  await look(page, "insight");
  await chart.getByText("As a table").click();
  const today = new Date().toISOString().slice(0, 10);
  await chart.getByRole("row", { name: new RegExp(`${today} 2 1 0`) }).waitFor();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const csv = await text(await (await download).createReadStream());
  expect(csv.split("\r\n")[0]).toContain("messagesSent");
  expect(csv).toContain(`${sessionId},${today},2,1,`);
  await page.getByLabel("Period", { exact: true }).selectOption("Last month");
  await chart.getByText("Nothing in this period.").waitFor();
  expect(complaints).toEqual([]);
});
