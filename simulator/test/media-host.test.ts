import { randomBytes } from "node:crypto";
import { downloadMediaMessage } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { startTwoSides } from "./two-sides.ts";

const image = (file: Buffer) => ({ image: file, jpegThumbnail: "", width: 1, height: 1 });

test("when a link has expired the own phone uploads the file again and the device gets it", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  const file = randomBytes(9_000);
  const { id } = await contact.sendMedia(own.number, "image", file);
  const message = await device.waitForMessage(({ key }) => key.id === id);
  await own.waitForMessage({ id });
  simulator.expireMediaLinks();
  await expect(own.download(id)).rejects.toThrow("expired");
  await expect(downloadMediaMessage(message, "buffer", {})).rejects.toMatchObject({
    output: { statusCode: 410 },
  });
  await device.socket.refreshMediaConn();
  const updated = await device.socket.updateMediaMessage(message);
  expect((await downloadMediaMessage(updated, "buffer", {})).equals(file)).toBe(true);
});

test("a phone that does not have the message cannot upload its file again", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const { id } = await contact.sendMedia(own.number, "image", randomBytes(100));
  const message = await device.waitForMessage(({ key }) => key.id === id);
  message.key.id = "ANOTHER";
  await expect(device.socket.updateMediaMessage(message)).rejects.toThrow("re-upload");
});

test.each([403, 404, 410])(
  "a download that is refused with %i fails, the next succeeds",
  async (status) => {
    await using sides = await startTwoSides();
    const { device, contact, own, simulator } = sides;
    const file = randomBytes(100);
    const { id } = await contact.sendMedia(own.number, "document", file);
    const message = await device.waitForMessage(({ key }) => key.id === id);
    simulator.faults.refuseDownloads(status, 1);
    await expect(downloadMediaMessage(message, "buffer", {})).rejects.toMatchObject({
      output: { statusCode: status },
    });
    expect((await downloadMediaMessage(message, "buffer", {})).equals(file)).toBe(true);
  },
);

test("an upload that is refused fails the send, and nobody gets a message", async () => {
  await using sides = await startTwoSides();
  const { device, contact, chats, simulator } = sides;
  simulator.faults.refuseUploads(507, 1);
  const send = () => device.socket.sendMessage(chats[0].forDevice, image(randomBytes(100)));
  await expect(send()).rejects.toThrow("upload failed");
  const sent = await send();
  await contact.waitForMessage({ id: sent?.key.id ?? "" });
  expect(contact.received()).toHaveLength(1);
});

test("an upload needs a token from the server and the hash of its content", async () => {
  await using sides = await startTwoSides();
  const { simulator, device } = sides;
  const { auth } = await device.socket.refreshMediaConn();
  const upload = async (hash: string, token: string): Promise<number> => {
    const url = `https://${simulator.mediaHost}/mms/image/${hash}?auth=${token}&token=${hash}`;
    return (await fetch(url, { method: "POST", body: "content" })).status;
  };
  const right = "7XACtDnprIRfIjV9giusFERzD722AW0-yUMil7nsn3M";
  expect(await upload(right, auth)).toBe(200);
  expect(await upload(right, "guessed")).toBe(401);
  expect(await upload(right.replace("7", "8"), auth)).toBe(400);
});

test("a part of a file can be downloaded", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const { id } = await contact.sendMedia(own.number, "document", randomBytes(100));
  const { message } = await device.waitForMessage(({ key }) => key.id === id);
  const part = await fetch(message?.documentMessage?.url ?? "", {
    headers: { range: "bytes=16-31" },
  });
  expect(part.status).toBe(206);
  expect((await part.arrayBuffer()).byteLength).toBe(16);
});
