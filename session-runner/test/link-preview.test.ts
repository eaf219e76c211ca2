import { expect, test } from "vitest";
import { createGuardedAgents } from "#shared/net/guarded-agents.ts";
import { createFindPreview } from "../media/link-preview.ts";
import { readPage } from "../media/read-page.ts";

async function headOf(html: string | Buffer, contentType = "text/html") {
  async function* chunks() {
    const bytes = Buffer.from(html);
    // Cut in the midst of whatever is there.
    for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
  }
  return readPage(chunks(), contentType);
}

test("a page's head is read: what is meant for sharing first, then what there is", async () => {
  const shared =
    '<title>Plain</title><meta property="og:title" content="Shared &#8211; better">' +
    '<meta property="og:image" content="https://example.org/a.jpg"><meta name="description" content=" Words ">';
  expect(await headOf(`<html><head>${shared}</head><body>`)).toEqual({
    title: "Shared – better",
    description: "Words",
    image: "https://example.org/a.jpg",
  });
  expect(await headOf("<title>\n  Only\n a title</title><svg><title>no</title>")).toEqual({
    title: "Only a title",
  });
  expect(await headOf("")).toEqual({});
  expect(await headOf("<body><title>Too late</title>")).toEqual({});
});

test.for([
  ["what the server says", "text/html; charset=iso-8859-1", ""],
  ["what the page says", "text/html", '<meta charset="iso-8859-1">'],
])("letters are read by %s", async ([, contentType, meta]) => {
  const html = Buffer.from(`<head>${meta ?? ""}<title>Caf\u00e9</title></head>`, "latin1");
  expect(await headOf(html, contentType)).toEqual({ title: "Café" });
});

test("a page inside the network is not looked at, nor asked for again and again", async () => {
  const agents = createGuardedAgents("public");
  const options = { targets: "public" as const, agents, silenceMs: 1_000, totalMs: 2_000 };
  const findPreview = createFindPreview(options, () => Promise.resolve(undefined), Date.now);
  const say = (body: string) => findPreview("acc_1", { type: "text", text: { body } });
  expect(await say("see https://127.0.0.1/secret")).toBeUndefined();
  expect(await say("see https://localhost/secret")).toBeUndefined();
  expect(await say("see http://example.org/")).toBeUndefined();
  expect(await say("no link at all")).toBeUndefined();
  agents.destroy();
});
