import { requireData } from "#client/require-data.ts";
import { expect } from "vitest";
import { look } from "./look.ts";
import { linkSession, openAsOwner, openSession, story } from "./story.ts";

story("a session's settings are changed, kept, and shown where they matter", async () => {
  const { page, complaints, api } = await openAsOwner();
  const { sessionId } = await linkSession(api, "Sales");
  const settingsNow = async () => {
    const params = { path: { sessionId } };
    return (await requireData(api.GET("/v1/sessions/{sessionId}", { params }))).settings;
  };
  await openSession(page, "Sales");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Reject calls").check();
  await page.getByLabel("History").selectOption("The last months");
  await page.getByLabel("Proxy").fill("nonsense");
  await page.getByLabel("Keep to a pace").check();
  await page.getByLabel("Messages a minute").fill("20");
  await page.getByLabel("New chats a day").fill("7");
  await page.getByLabel("Days that messages are kept").fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("must be like http://").waitFor();

  await page.getByLabel("Proxy").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByText("20 a minute, 5 at once").waitFor();
  await page.getByText("at most 7 a day").waitFor();
  expect(await settingsNow()).toEqual({
    markOnline: false,
    rejectCalls: true,
    historySync: "recent",
    muteWebhooks: false,
    proxy: null,
    pacing: { perMinute: 20, burst: 5, jitter: 0.3 },
    newChats: { perDay: 7, pauseOnLock: true },
    retentionDays: 30,
  });

  // A proxy's password is not shown, and stays when other things are saved.
  const params = { path: { sessionId } };
  const proxy = "socks5://ann:secret@proxy.example.com:1080";
  await requireData(
    api.PATCH("/v1/sessions/{sessionId}", { params, body: { settings: { proxy } } }),
  );
  await page.reload();
  await page.getByText("live", { exact: true }).waitFor();
  expect(await page.getByLabel("Proxy").inputValue()).toBe("socks5://***@proxy.example.com:1080");
  await page.getByLabel("Reject calls").uncheck();
  await look(page, "settings");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  expect(await settingsNow()).toMatchObject({
    rejectCalls: false,
    proxy: "socks5://***@proxy.example.com:1080",
  });
  expect(complaints).toEqual([]);
});
