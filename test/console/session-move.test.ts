import { expect } from "vitest";
import { look } from "./look.ts";
import { linkSession, openAsOwner, openSession, story } from "./story.ts";

story("a session is exported into a file, and another one goes on with it", async () => {
  const { page, complaints, api } = await openAsOwner();
  const { phone } = await linkSession(api, "Old");
  await openSession(page, "Old");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("It cannot connect again").waitFor();
  await look(page, "export");
  await dialog.getByRole("button", { name: "Export" }).click();
  const link = page.getByRole("link", { name: "Download the file" });
  await link.waitFor();
  await look(page, "exported");
  const begun = page.waitForEvent("download");
  await link.click();
  const download = await begun;
  expect(download.suggestedFilename()).toMatch(/^bnd_/);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array);

  await page.getByRole("link", { name: "All sessions" }).click();
  await page.getByLabel("Name", { exact: true }).fill("New");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByRole("alert").getByText("Choose the file").waitFor();
  await page.getByLabel("Exported file").setInputFiles({
    name: `${download.suggestedFilename()}.bundle`,
    mimeType: "application/octet-stream",
    buffer: Buffer.concat(chunks),
  });
  await page.getByRole("button", { name: "Import" }).click();
  // Exactly: the field for the exported file is a button as well.
  await page.getByRole("button", { name: "Export", exact: true }).waitFor();
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("button", { name: /^Connect/ }).click();
  await page.getByText("active", { exact: true }).waitFor();
  await page.getByText(`+${phone.number}`).waitFor();
  expect(complaints).toEqual([]);
});
