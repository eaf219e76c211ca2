import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test as base } from "vitest";
import type { Simulator } from "#simulator/simulator.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory } from "./baileys-client.ts";

/** Set it to a file's name to have a picture of the page taken. */
const { PAGE_PICTURE: picture } = process.env;

// The browser inside the package is built for this platform only.
const hasBrowser = process.platform === "linux" && process.arch === "x64";
const test = base.runIf(hasBrowser);

let browser: Browser | undefined;
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await playwright.launch({
    args: chromium.args,
    executablePath: await chromium.executablePath(),
  });
}, 60_000);
afterAll(() => browser?.close());

const openPage = async (simulator: Simulator, options: Parameters<Browser["newPage"]>[0] = {}) => {
  if (!browser) throw new Error("the browser did not start");
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== simulator.controlUrl && !request.url().startsWith("data:"))
      complaints.push(`asked ${request.url()}`);
  });
  await page.goto(simulator.controlUrl);
  return { page, complaints };
};

const makePhone = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "New phone" }).click();
  await page.getByRole("article", { name: `Phone of ${name}` }).waitFor();
};

/** A desk with something on every phone. */
const takePicture = async (simulator: Simulator, page: Page, path: string): Promise<void> => {
  const [ada, grace] = simulator.phones();
  if (!ada || !grace) throw new Error("the picture is of Ada's and Grace's phones");
  await makePhone(page, "Katherine");
  await simulator.phones()[2]?.say(ada.number, "Who has the tickets?");
  await grace.say(ada.number, "I bring the tickets");
  await using office = connectBaileys(simulator, freshMemory(), { pushName: "Office desktop" });
  const body = JSON.stringify({ qr: await office.qr() });
  await fetch(`${simulator.controlUrl}/control/qrs`, { method: "POST", body });
  const katherine = page.getByRole("article", { name: "Phone of Katherine" });
  await katherine.getByRole("button", { name: "Linked devices" }).click();
  await katherine.getByRole("listitem").getByRole("button", { name: "Scan" }).waitFor();
  await page
    .getByRole("article", { name: "Phone of Grace" })
    .getByRole("img", { name: "delivered" })
    .waitFor();
  await page.screenshot({ path, fullPage: true });
};

test("two phones made on the page write to each other, see ticks, and are linked by QR code", async () => {
  await using simulator = await startSimulator();
  const { page, complaints } = await openPage(simulator);
  await makePhone(page, "Ada");
  await makePhone(page, "Grace");
  const ada = page.getByRole("article", { name: "Phone of Ada" });
  const grace = page.getByRole("article", { name: "Phone of Grace" });

  const memory = freshMemory();
  await using pairing = connectBaileys(simulator, memory, { pushName: "Ada's laptop" });
  await ada.getByRole("button", { name: "Linked devices" }).click();
  await ada.getByText("shows a code: paste its text below").waitFor();
  await ada.getByLabel("Text of a QR code").fill(await pairing.qr());
  await ada.getByRole("button", { name: "Scan" }).click();
  expect(await pairing.closed()).toBe(515);
  await using laptop = connectBaileys(simulator, memory);
  await laptop.opened();
  await ada.getByText("online ·").waitFor();
  await ada.getByRole("button", { name: "Back to chats" }).click();

  await ada.getByRole("button", { name: "Grace" }).click();
  await ada.getByLabel("Message to Grace").fill("Are you coming tonight?");
  await ada.getByRole("button", { name: "Send" }).click();
  await ada.getByRole("img", { name: "delivered" }).waitFor();
  await laptop.waitForText("Are you coming tonight?");

  await grace.getByLabel("1 unread").waitFor();
  await grace.getByRole("button", { name: "Ada" }).click();
  await ada.getByRole("img", { name: "read" }).waitFor();
  const graceJid = `${simulator.phones()[1]?.number}@s.whatsapp.net`;
  await laptop.socket.sendPresenceUpdate("composing", graceJid);
  await grace.getByText("typing…").waitFor();
  await laptop.socket.sendMessage(graceJid, { text: "I am asking from my laptop, too." });
  await grace.getByText("typing…").waitFor({ state: "hidden" });
  await ada.getByText("I am asking from my laptop, too.").waitFor();
  await grace.getByText("I am asking from my laptop, too.").waitFor();
  await grace.getByLabel("Message to Ada").pressSequentially("Yes! ");
  await ada.getByText("typing…").waitFor();
  await grace.getByLabel("Message to Ada").fill("Yes! Save me a seat.");
  await grace.getByLabel("Message to Ada").press("Enter");
  await laptop.waitForText("Yes! Save me a seat.");
  await grace.getByRole("img", { name: "read" }).waitFor();

  await ada.getByRole("button", { name: "Back to chats" }).click();
  if (picture !== undefined) await takePicture(simulator, page, picture);
  await ada.getByRole("button", { name: "Linked devices" }).click();
  await ada.getByRole("button", { name: "Unlink" }).click();
  expect(await laptop.closed()).toBe(401);
  await ada.getByText("No linked devices.").waitFor();
  expect(complaints).toEqual([]);
}, 120_000);

test("a code that was shown to the control door is scanned with one press", async () => {
  await using simulator = await startSimulator();
  await simulator.createPhone({ name: "Ada" });
  await using device = connectBaileys(simulator, freshMemory(), { pushName: "Office" });
  const body = JSON.stringify({ qr: await device.qr() });
  await fetch(`${simulator.controlUrl}/control/qrs`, { method: "POST", body });
  const { page, complaints } = await openPage(simulator);
  await page.getByRole("button", { name: "Linked devices" }).click();
  await page.getByText("Office").waitFor();
  await page.getByRole("listitem").getByRole("button", { name: "Scan" }).click();
  expect(await device.closed()).toBe(515);
  expect(complaints).toEqual([]);
}, 60_000);

test("what the server refuses is said, and the page goes on", async () => {
  await using simulator = await startSimulator();
  await simulator.createPhone({ name: "Ada" });
  const { page } = await openPage(simulator);
  await page.getByRole("button", { name: "Linked devices" }).click();
  await page.getByLabel("Text of a QR code").fill("not a code");
  await page.getByRole("button", { name: "Scan" }).click();
  await expect
    .poll(() => page.getByRole("alert").textContent())
    .toContain("not a WhatsApp pairing");
  await makePhone(page, "Grace");
}, 60_000);

test("it fits a phone's screen in the dark", async () => {
  await using simulator = await startSimulator();
  await simulator.createPhone({ name: "Ada" });
  const viewport = { width: 360, height: 740 };
  const { page, complaints } = await openPage(simulator, { viewport, colorScheme: "dark" });
  await page.getByRole("article").waitFor();
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  expect(overflow).toBeLessThanOrEqual(0);
  if (picture !== undefined) await page.screenshot({ path: picture.replace(".png", "-dark.png") });
  expect(complaints).toEqual([]);
}, 60_000);
