// A signed-in page with a linked session, its own phone and a contact to write to.
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Phone } from "#simulator/phone/phone.ts";
import { register } from "./sign-in.ts";
import type { startConsoleScene } from "./start-console-scene.ts";

export type ConsoleScene = Awaited<ReturnType<typeof startConsoleScene>>;

/** Milliseconds; a story takes as long as it takes on a busy machine. */
export const patience = 60_000;

export async function startChat(scene: ConsoleScene, options: BrowserContextOptions = {}) {
  const { page, complaints } = await scene.open(options);
  page.setDefaultTimeout(patience);
  const { email } = await register(page);
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();
  await page.getByRole("button", { name: "Scan the code" }).click();
  await page.getByRole("button", { name: "Unlink the phone" }).waitFor();
  const number = String(
    await page.evaluate(
      "Object.entries(sessionStorage).find(([k]) => k.startsWith('wafleet.phone.'))[1]",
    ),
  );
  const owner = scene.simulator.phone(number);
  if (!owner) throw new Error(`the simulator has no phone ${number}`);
  const contact = await scene.simulator.createPhone({ name: "Ada" });
  return { page, complaints, email, owner, contact };
}

/** Opens the conversation with a phone, from the session's page. */
export async function openChat(page: Page, { number }: Phone): Promise<void> {
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByLabel("Write to").fill(`+${number}`);
  await page.getByRole("button", { name: "Open the chat" }).click();
  await page.getByLabel("Message", { exact: true }).waitFor();
}

/** The bubble that has this in it. */
export const bubble = (page: Page, text: string | RegExp) =>
  page.locator(".bubble").filter({ hasText: text });

/** Opens one of the forms behind "Attach", by keyboard. */
export async function attach(page: Page, what: string): Promise<void> {
  const menu = page.locator("summary").filter({ hasText: "Attach" });
  const form = page.getByRole("button", { name: what });
  await menu.press("Enter");
  await form.press("Enter");
  await page.getByRole("dialog").waitFor();
}
