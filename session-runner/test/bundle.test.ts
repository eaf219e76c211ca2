import { newId } from "#shared/ids.ts";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { companions, startRig } from "./start-rig.ts";

test("an exported session goes on in another one, without a scan, and has nothing left itself", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session: old, phone } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  const before = await old.say(contact.number, "before");
  await old.waitForMessage(before.messageId, "delivered");

  const bundleId = newId("bundle");
  await old.exportTo(bundleId);
  const { data } = await old.waitForReason("exported");
  expect(data).toMatchObject({ status: "inactive", phone: null });

  const fresh = rig.createSession(old.accountId);
  await fresh.importFrom(bundleId);
  const imported = await fresh.waitForReason("imported");
  expect(imported.data).toMatchObject({ status: "inactive", phone: `+${phone.number}` });
  await fresh.connect();
  await fresh.waitForStatus("active");
  const after = await fresh.say(contact.number, "after");
  await fresh.waitForMessage(after.messageId, "delivered");
  await contact.say(phone.number, "and back");
  await fresh.waitForReceived("and back");
  expect(contact.received().map(({ text }) => text)).toEqual(["before", "after"]);
  expect(companions(phone)).toHaveLength(1);
  rig.simulator.history.assertNoCounterReuse();

  // The same command again knows its own work; what is linked takes no other bundle.
  await fresh.stop();
  await fresh.waitForReason("stopped_by_user");
  await fresh.importFrom(newId("bundle"));
  await fresh.waitForReason("already_linked");

  // Nothing is left to connect with: the old one can only link a phone anew.
  await old.connect();
  await rig.waitFor(
    "session.qr_code",
    (event) => event.sessionId === old.sessionId && event.at > imported.at,
  );
});

test("a bundle opens in its own account only, and only whole", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const bundleId = newId("bundle");
  await session.exportTo(bundleId);
  await session.waitForReason("exported");

  const target = { region: "us-east-1", endpoint: rig.s3.endpoint, forcePathStyle: true };
  using s3 = Object.assign(new S3Client({ ...target, credentials: dummyCredentials }), {
    [Symbol.dispose]: () => undefined,
  });
  const place = { Bucket: "bundles", Key: `${session.accountId}/${bundleId}` };
  const { Body } = await s3.send(new GetObjectCommand(place));
  const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
  expect(bytes.includes("noiseKey")).toBe(false);

  const stranger = rig.createSession();
  const moved = { ...place, Key: `${stranger.accountId}/${bundleId}`, Body: bytes };
  await s3.send(new PutObjectCommand(moved));
  await stranger.importFrom(bundleId);
  await stranger.waitForReason("bundle_unreadable");

  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await s3.send(new PutObjectCommand({ ...place, Body: bytes }));
  const own = rig.createSession(session.accountId);
  await own.importFrom(bundleId);
  await own.waitForReason("bundle_unreadable");
  await own.importFrom(newId("bundle"));
  await rig.waitFor(
    "session.status",
    ({ sessionId, data }) =>
      sessionId === own.sessionId && data.detail === "There is no such bundle.",
  );
});
