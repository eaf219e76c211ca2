import { afterAll, beforeAll, expect, test } from "vitest";
import { linkPhone, request, startScene } from "./start-scene.ts";
import type { Scene } from "./start-scene.ts";

let scene: Scene;

beforeAll(async () => (scene = await startScene()));
afterAll(() => scene.stop());

/** What the link of a tenant's own bundle is good for, and its address. */
async function exportBundle() {
  const tenant = await scene.createTenant();
  await linkPhone(scene, tenant);
  const path = `/v1/sessions/${tenant.sessionId}/export`;
  const { body } = await request(scene, path, { method: "POST", token: tenant.key });
  return String(body["url"]);
}

const statusOf = async (url: URL | string, init: RequestInit = {}) =>
  (await fetch(url, init)).status;

function changed(link: string, change: (url: URL) => void): URL {
  const url = new URL(link);
  change(url);
  return url;
}

test("a link opens the one object that it was made for, for the one thing, for its time, and nothing else", async () => {
  const [mine, theirs] = await Promise.all([exportBundle(), exportBundle()]);
  const before = Buffer.from(await (await fetch(theirs)).arrayBuffer());
  expect(await statusOf(mine)).toBe(200);

  const attempts: [string, URL, RequestInit?][] = [
    [
      "at another tenant's object",
      changed(mine, (url) => (url.pathname = new URL(theirs).pathname)),
    ],
    [
      "at all of the bucket",
      changed(mine, (url) => (url.pathname = `/${url.pathname.split("/")[1]}`)),
    ],
    [
      "for longer",
      changed(mine, ({ searchParams }) => searchParams.set("X-Amz-Expires", "604800")),
    ],
    [
      "without its signature",
      changed(mine, ({ searchParams }) => searchParams.delete("X-Amz-Signature")),
    ],
    ["bare", changed(mine, (url) => (url.search = ""))],
    ["to overwrite", new URL(theirs), { method: "PUT", body: "mine now" }],
    ["to delete", new URL(theirs), { method: "DELETE" }],
  ];
  for (const [how, url, init] of attempts)
    expect([how, await statusOf(url, init)]).toEqual([how, 403]);
  expect(Buffer.from(await (await fetch(theirs)).arrayBuffer()).equals(before)).toBe(true);
});
