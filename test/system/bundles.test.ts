import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "#local/demo/until.ts";
import { linkPhone, request, startScene } from "./start-scene.ts";
import type { Scene } from "./start-scene.ts";

let scene: Scene;

beforeAll(async () => (scene = await startScene()));
afterAll(() => scene.stop());

test("an exported session goes on in another one; the old one is refused, and nobody imports twice", async () => {
  const tenant = await scene.createTenant();
  const phone = await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const { key, api } = tenant;
  const post = (id: string, what: string, body?: object, token = key) =>
    request(scene, `/v1/sessions/${id}/${what}`, {
      method: "POST",
      token,
      ...(body && { body: JSON.stringify(body) }),
    });
  const move = (id: string, what: "export" | "import", body?: object) =>
    untilOver(() => post(id, what, body));
  const fresh = (await api.createSession(key, "fresh")).id;
  const third = (await api.createSession(key, "third")).id;

  expect((await move(fresh, "export")).body["code"]).toBe("session_not_linked");
  const exported = await move(tenant.sessionId, "export");
  expect(exported.status).toBe(200);
  const { bundleId, url } = exported.body as { bundleId: string; url: string };
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(bytes.subarray(0, 15).toString()).toBe("WAFLEET-BUNDLE-");
  expect(bytes.includes(phone.number)).toBe(false);

  for (const what of ["connect", "reconnect", "restart"]) {
    const refused = await post(tenant.sessionId, what);
    expect([refused.status, refused.body["code"]]).toEqual([409, "session_exported"]);
  }
  const stranger = await scene.createTenant();
  const stolen = await post(stranger.sessionId, "import", { bundleId }, stranger.key);
  expect([stolen.status, stolen.body["code"]]).toEqual([404, "not_found"]);

  const imported = await move(fresh, "import", { bundleId });
  expect([imported.status, imported.body["phone"]]).toEqual([200, `+${phone.number}`]);
  for (const id of [third, fresh, tenant.sessionId]) {
    const again = await post(id, "import", { bundleId });
    expect([again.status, again.body["code"]]).toEqual([409, "bundle_already_imported"]);
  }

  using inbox = await tenant.inbox();
  await post(fresh, "connect");
  await inbox.find(
    "session.status",
    ({ sessionId, data }) => sessionId === fresh && data.status === "active",
  );
  const sent = await api.send(key, fresh, contact.number, "from the new one");
  await contact.waitForMessage({ id: sent.whatsappId });
  await contact.say(phone.number, "and back");
  await inbox.find("message.received", ({ sessionId }) => sessionId === fresh);
  expect(phone.devices()).toHaveLength(2);
  scene.simulator.history.assertNoCounterReuse();

  // Given up for good, the old one may link a phone anew.
  await post(tenant.sessionId, "disconnect");
  await inbox.find("session.status", ({ data }) => data.reason === "disconnected_by_user");
  const anew = await post(tenant.sessionId, "connect");
  expect([200, 202]).toContain(anew.status);
});

test("a bundle that left the store is asked for again, and one that was changed is not opened", async () => {
  const tenant = await scene.createTenant();
  await linkPhone(scene, tenant);
  const { key, api, sessionId } = tenant;
  const move = (id: string, what: "export" | "import", body?: object) =>
    untilOver(() =>
      request(scene, `/v1/sessions/${id}/${what}`, {
        method: "POST",
        token: key,
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  const { bundleId, url } = (await move(sessionId, "export")).body as Record<string, string>;
  const bytes = Buffer.from(await (await fetch(url ?? "")).arrayBuffer());
  const object = new URL(url ?? "");
  const s3 = new S3Client({
    endpoint: object.origin,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: awsCredentials(scene),
  });
  const [, bucket = "", ...rest] = object.pathname.split("/");
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: rest.join("/") }));
  s3.destroy();

  const fresh = (await api.createSession(key, "fresh")).id;
  const missing = await move(fresh, "import", { bundleId });
  expect([missing.status, missing.body["code"]]).toEqual([409, "bundle_missing"]);
  const uploadUrl = String(missing.body["uploadUrl"]);
  const broken = Buffer.from(bytes);
  broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
  await fetch(uploadUrl, { method: "PUT", body: broken });
  const refused = await move(fresh, "import", { bundleId });
  expect([refused.status, refused.body["code"]]).toEqual([422, "bundle_unreadable"]);
  await fetch(uploadUrl, { method: "PUT", body: bytes });
  expect((await move(fresh, "import", { bundleId })).status).toBe(200);
});

/** Asks again while it is under way, as clients do. */
function untilOver(ask: () => ReturnType<typeof request>): ReturnType<typeof request> {
  return until("the end of it", ask, ({ status }) => status !== 202);
}

function awsCredentials({ runtime }: Scene): { accessKeyId: string; secretAccessKey: string } {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = runtime.environment;
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
}
