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

test("an upload shows how far it is; cancelled, it sends nothing, and it can be started again", async () => {
  const { page, complaints, contact } = await startChat(scene);
  await openChat(page, contact);
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1 };
  await network.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: 200_000 });
  await attach(page, "Photo, video or file");
  const dialog = page.getByRole("dialog");
  const buffer = Buffer.alloc(3_000_000, "a plan ");
  await dialog
    .getByLabel("File")
    .setInputFiles({ name: "plan.pdf", mimeType: "application/pdf", buffer });
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  const progress = dialog.getByRole("progressbar", { name: "Upload" });
  await expect
    .poll(() => progress.getAttribute("value").then(Number), { timeout: patience })
    .toBeGreaterThan(0);
  await look(page, "upload");
  await dialog.getByRole("button", { name: "Cancel the upload" }).click();
  await dialog.getByText("Nothing was sent").waitFor();
  expect(await page.locator(".bubble").count()).toBe(0);

  await network.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await bubble(page, "plan.pdf").waitFor();
  const { content } = await contact.waitForMessage({ type: "document" }, patience);
  expect(content).toMatchObject({ fileName: "plan.pdf", size: buffer.length });

  const { endpoint } = scene.runtime.standIns.s3;
  const policy = (await page.request.get(scene.url)).headers()["content-security-policy"] ?? "";
  expect(policy.split("; ")).toEqual(
    expect.arrayContaining([
      `img-src 'self' data: blob: ${endpoint}`,
      `media-src 'self' blob: ${endpoint}`,
      `connect-src 'self' ${scene.runtime.apiUrl} ${scene.runtime.socketUrl} ${endpoint}`,
    ]),
  );
  expect(complaints).toEqual([]);
}, 240_000);
