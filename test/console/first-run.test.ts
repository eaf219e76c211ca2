import { expect } from "vitest";
import { look } from "./look.ts";
import { register } from "./sign-in.ts";
import { open, story } from "./story.ts";

story("an empty account is led from nothing to its first message being read", async () => {
  const { page, complaints } = await open();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look(page, "sign-in");
  await register(page);
  await page.getByText("From nothing to the first message").waitFor();
  await look(page, "first-run");
  await page.getByLabel("Name", { exact: true }).fill("Sales");
  await page.getByRole("button", { name: "Create and connect" }).click();

  await page.getByRole("img", { name: "QR code to scan with WhatsApp" }).waitFor();
  await page.getByText("Attempt 1 of 3").waitFor();
  await look(page, "qr");
  await page.getByRole("button", { name: "Scan the code" }).click();
  await page.getByText("active", { exact: true }).waitFor();

  const contact = page.getByRole("complementary", { name: "A contact's phone" });
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await contact.getByText("Hello from Wafleet").waitFor();
  await page.getByRole("img", { name: "delivered" }).waitFor();
  await contact.getByRole("button", { name: "Open the chat" }).click();
  await page.getByRole("img", { name: "read" }).waitFor();
  await page.getByText("Your first message was read").waitFor();
  await contact.getByRole("button", { name: "Reply" }).click();
  await page.locator(".bubbles .inbound").getByText("Hello yourself").waitFor();
  await look(page, "first-message");
  expect(complaints).toEqual([]);
});
