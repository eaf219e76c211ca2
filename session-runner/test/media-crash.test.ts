import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { newId } from "#shared/ids.ts";
import { startRig } from "./start-rig.ts";
import type { Rig } from "./start-rig.ts";

const killAt = new URL("./kill-at.ts", import.meta.url).pathname;
const sameWorker = "worker-1";

function storeOf({ s3 }: Rig): S3Client {
  return new S3Client({
    endpoint: s3.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    forcePathStyle: true,
  });
}

/** A linked session whose next worker kills itself at a point. */
async function startDoomed(rig: Rig, point: string, when: string) {
  const first = await rig.startRunner(sameWorker);
  const { session, phone } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  const { messageId } = await session.say(contact.number, "before");
  await session.waitForMessage(messageId, "delivered");
  const gone = once(first, "exit");
  first.kill("SIGTERM");
  await gone;
  const env = { KILL_AT: point, KILL_WHEN: when };
  const doomed = await rig.startRunner(sameWorker, { nodeArgs: ["--import", killAt], env });
  return { session, phone, contact, died: once(doomed, "exit") };
}

test("a picture under way when its worker dies is uploaded once and delivered once", async () => {
  await using rig = await startRig();
  const { session, contact, died } = await startDoomed(rig, "message.on-wire", "outbound");
  const bytes = randomBytes(50_000);
  const mediaId = newId("media");
  const s3 = storeOf(rig);
  const Key = `${session.accountId}/${mediaId}`;
  const ContentType = "image/png";
  await s3.send(new PutObjectCommand({ Bucket: "media", Key, Body: bytes, ContentType }));
  const image = { mediaId, caption: "during" };
  const accepted = await session.send(contact.number, { type: "image", image });
  expect((await died)[1]).toBe("SIGKILL");

  // Whoever sends it again can upload nothing.
  rig.simulator.faults.refuseUploads(500);
  await rig.startRunner(sameWorker);
  await session.waitForMessage(accepted.messageId, "delivered");
  expect(contact.received().map(({ text }) => text)).toEqual(["before", "during"]);
  expect((await contact.download(accepted.whatsappId)).equals(bytes)).toBe(true);
  s3.destroy();
});

test("a picture that came in as its worker died is fetched by the next", async () => {
  await using rig = await startRig();
  const { phone, contact, died } = await startDoomed(rig, "event.publish.after", "received");
  const bytes = randomBytes(50_000);
  await contact.sendMedia(phone.number, "image", bytes);
  expect((await died)[1]).toBe("SIGKILL");

  await rig.startRunner(sameWorker);
  const { data, accountId } = await rig.waitFor("message.media");
  expect(data.status).toBe("ready");
  const s3 = storeOf(rig);
  const place = { Bucket: "media", Key: `${accountId}/${data.mediaId}` };
  const stored = await s3.send(new GetObjectCommand(place));
  expect(Buffer.from((await stored.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  s3.destroy();
});
