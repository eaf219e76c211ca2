import { afterAll, beforeAll, expect, test as base } from "vitest";
import { makePng } from "./make-png.ts";
import { attach, bubble, openChat, patience, startChat } from "./start-chat.ts";
import { hasBrowser } from "./launch-browser.ts";
import { check, look } from "./look.ts";
import { startConsoleScene } from "./start-console-scene.ts";
import type { ConsoleScene } from "./start-chat.ts";

const test = base.runIf(hasBrowser);

let scene: ConsoleScene;
beforeAll(async () => {
  if (hasBrowser) scene = await startConsoleScene();
});
afterAll(() => scene?.stop());

test("each kind is sent, arrives on the contact's phone, and its ticks turn blue", async () => {
  const { page, complaints, contact } = await startChat(scene);
  await openChat(page, contact);
  const dialog = page.getByRole("dialog");
  const send = async () => {
    await dialog.getByRole("button", { name: "Send", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  };

  await page.getByLabel("Message", { exact: true }).fill("Shall we meet?");
  await page.keyboard.press("Enter");
  await contact.waitForMessage({ text: "Shall we meet?" }, patience);

  await attach(page, "Location");
  await dialog.getByLabel("Latitude").fill("46.5");
  await dialog.getByLabel("Longitude").fill("7.25");
  await dialog.getByLabel("Name").fill("The lake");
  await send();
  const { content: place } = await contact.waitForMessage({ type: "location" }, patience);
  expect(place).toMatchObject({ latitude: 46.5, longitude: 7.25, name: "The lake" });

  await attach(page, "Contact");
  await dialog.getByLabel("Name").fill("Joan");
  await dialog.getByLabel("Phone").fill("+14155550123");
  await send();
  const { content: card } = await contact.waitForMessage({ type: "contacts" }, patience);
  expect(card).toMatchObject({ contacts: [{ name: "Joan" }] });

  await attach(page, "Poll");
  await dialog.getByLabel("Question").fill("When?");
  await dialog.getByLabel("Answers, one a line").fill("Noon\nEvening");
  await send();
  const { content: poll, id: pollId } = await contact.waitForMessage({ type: "poll" }, patience);
  expect(poll).toMatchObject({ question: "When?", options: ["Noon", "Evening"] });
  await contact.vote(pollId, ["Noon"]);
  await bubble(page, "When?").getByText("1 vote").waitFor();

  const files = [
    { name: "sea.png", mimeType: "image/png", type: "image", caption: "The sea" },
    { name: "film.mp4", mimeType: "video/mp4", type: "video", caption: "A film" },
    { name: "note.ogg", mimeType: "audio/ogg", type: "voice", as: "voice note" },
    { name: "tune.mp3", mimeType: "audio/mpeg", type: "audio" },
    { name: "plan.pdf", mimeType: "application/pdf", type: "document" },
    { name: "smile.webp", mimeType: "image/webp", type: "sticker", as: "sticker" },
  ] as const;
  const buffer = makePng();
  for (const file of files) {
    await attach(page, "Photo, video or file");
    await dialog.getByLabel("File").setInputFiles({ ...file, buffer });
    if ("as" in file) await dialog.getByLabel("Send as").selectOption({ label: file.as });
    if ("caption" in file) await dialog.getByLabel("Caption").fill(file.caption);
    if (file.name === "sea.png") await look(page, "send-file");
    await send();
    const { id, content } = await contact.waitForMessage({ type: file.type }, patience);
    expect(content).toMatchObject({ size: buffer.length });
    expect((await contact.download(id)).equals(buffer)).toBe(true);
  }
  await page.getByRole("img", { name: "The sea" }).waitFor();
  await bubble(page, "plan.pdf").getByRole("button", { name: "Download plan.pdf" }).waitFor();

  const received = contact.received();
  for (const { id } of received) await contact.read(id);
  await expect
    .poll(() => page.locator(".thread .ticks.read").count(), { timeout: patience })
    .toBe(received.length);
  await look(page, "conversation-kinds");

  const saved = page.waitForEvent("download");
  await bubble(page, "plan.pdf").getByRole("button", { name: "Download plan.pdf" }).click();
  expect((await saved).suggestedFilename()).toBe("plan.pdf");
  await page.reload();
  await page.getByRole("img", { name: "The sea" }).waitFor();
  expect(complaints).toEqual([]);
}, 240_000);

test("what a contact does shows as it happens: answers, files, reactions, edits, deletions, calls", async () => {
  const { page, complaints, owner, contact } = await startChat(scene, { colorScheme: "dark" });
  const { id: first } = await contact.say(owner.number, "Good morning");
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByRole("link", { name: /Good morning/ }).click();
  await bubble(page, "Good morning").waitFor();

  await bubble(page, "Good morning").getByRole("button").click();
  await page.getByRole("dialog").getByRole("button", { name: "Reply" }).click();
  await page.getByLabel("Message", { exact: true }).fill("Good to hear you");
  await page.keyboard.press("Enter");
  const answer = await contact.waitForMessage({ text: "Good to hear you" }, patience);
  expect(answer.content).toMatchObject({ quoted: { id: first } });
  await bubble(page, "Good to hear you")
    .locator("blockquote", { hasText: "Good morning" })
    .waitFor();
  await contact.react(answer.id, "❤️");
  await bubble(page, "Good to hear you").locator(".reactions", { hasText: "❤️" }).waitFor();

  await contact.sendMedia(owner.number, "image", makePng(), {
    mimetype: "image/png",
    caption: "Look",
  });
  await page.getByRole("img", { name: "Look" }).waitFor();
  await contact.sendMedia(owner.number, "document", Buffer.from("a plan"), {
    fileName: "plan.txt",
    mimetype: "text/plain",
  });
  await page.getByRole("button", { name: "Download plan.txt" }).waitFor();
  const { id: typo } = await contact.say(owner.number, "See yuo");
  await bubble(page, "See yuo").waitFor();
  await contact.edit(typo, "See you");
  await bubble(page, "See you").getByText("edited").waitFor();
  const { id: wrong } = await contact.say(owner.number, "Not for you");
  await bubble(page, "Not for you").waitFor();
  await contact.deleteForEveryone(wrong);
  await page.getByText("This message was deleted").first().waitFor();
  contact.call(owner.number);
  await page.locator(".day", { hasText: "Voice call" }).waitFor();

  await owner.say(contact.number, "Written on the phone");
  await bubble(page, "Written on the phone").getByText("from the phone").waitFor();

  await bubble(page, "Good to hear you").getByRole("button").click();
  await page.getByRole("dialog").getByRole("button", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel("New text").fill("Good to see you");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await contact.waitForMessage({ type: "edit" }, patience);
  await bubble(page, "Good to see you").getByText("edited").waitFor();
  await look(page, "conversation-dark");

  await bubble(page, "Good morning").first().getByRole("button").click();
  await page.getByRole("dialog").getByRole("button", { name: "👍" }).click();
  const reaction = await contact.waitForMessage({ type: "reaction" }, patience);
  expect(reaction.content).toMatchObject({ to: first, emoji: "👍" });
  await bubble(page, "Good morning").first().locator(".reactions", { hasText: "👍" }).waitFor();

  const grace = await scene.simulator.createPhone({ name: "Grace" });
  await bubble(page, "Good to see you").getByRole("button").click();
  await page.getByRole("dialog").getByRole("button", { name: "Forward" }).click();
  await page.getByRole("dialog").getByLabel("or to a phone").fill(`+${grace.number}`);
  await page.getByRole("dialog").getByRole("button", { name: "Forward" }).click();
  await grace.waitForMessage({ text: "Good to see you" }, patience);
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await bubble(page, "Good to see you").getByRole("button").click();
  await page.getByRole("dialog").getByText("Details").click();
  await check(page, "message-actions");
  await page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
  const question = page.getByRole("dialog", { name: "Are you sure?" });
  await question.getByRole("button", { name: "Delete for everyone" }).click();
  await contact.waitForMessage({ type: "delete" }, patience);
  expect(complaints).toEqual([]);
}, 240_000);
