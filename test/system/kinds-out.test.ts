import { randomBytes } from "node:crypto";
import jpeg from "jpeg-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outcome } from "./calls.ts";
import { expiredLink } from "./expired-link.ts";
import { startFileServer } from "./start-file-server.ts";
import { chatNames, sha256, startKinds } from "./start-kinds.ts";
import type { Kinds } from "./start-kinds.ts";

let kinds: Kinds;

beforeAll(async () => (kinds = await startKinds()));
afterAll(() => kinds.stop());

const vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Joan\nTEL:+14155550123\nEND:VCARD";

const plain: [string, object, object][] = [
  ["text", { text: { body: "see https://example.org" } }, { text: "see https://example.org" }],
  [
    "location",
    { location: { latitude: 46.5, longitude: 7.25, name: "Here" } },
    { latitude: 46.5, longitude: 7.25, name: "Here" },
  ],
  [
    "contact",
    { contact: { contacts: [{ vcard }] } },
    { type: "contacts", contacts: [{ name: "Joan", vcard }] },
  ],
  [
    "poll",
    { poll: { question: "Tea?", options: ["yes", "no"] } },
    { question: "Tea?", options: ["yes", "no"], selectable: 1 },
  ],
];

test.for(chatNames.flatMap((name) => plain.map((kind) => [name, ...kind] as const)))(
  "to a %s, a %s is shown as it was sent",
  async ([name, type, content, shown]) => {
    const sent = await kinds.send({ to: kinds.chat(name).forSession, type, ...content });
    expect(sent.shown.content).toMatchObject({ type, ...shown });
    expect(sent.shown.to).toBe(name === "group" ? kinds.group : kinds.contact.number);
    await kinds.status(sent.id, "sent");
  },
);

const files: [string, string, object, object][] = [
  ["image", "image/jpeg", { caption: "a view" }, { type: "image", caption: "a view" }],
  ["video", "video/mp4", { caption: "a film", seconds: 3 }, { type: "video", seconds: 3 }],
  ["audio", "audio/mpeg", {}, { type: "audio" }],
  ["audio", "audio/ogg", { voice: true }, { type: "voice" }],
  ["document", "application/pdf", { fileName: "plan.pdf" }, { fileName: "plan.pdf" }],
  ["sticker", "image/webp", {}, { type: "sticker" }],
];

test.for(chatNames.flatMap((name) => files.map((file) => [name, ...file] as const)))(
  "to a %s, a file sent as %s (%s) can be opened, byte by byte",
  async ([name, type, mimetype, options, shown]) => {
    const bytes = randomBytes(70_000);
    const mediaId = await kinds.upload(bytes, mimetype);
    const to = kinds.chat(name).forSession;
    const sent = await kinds.send({ to, type, [type]: { mediaId, ...options } });
    expect(sent.shown.content).toMatchObject({ size: bytes.length, ...shown });
    expect(sha256(await kinds.contact.download(sent.whatsappId))).toBe(sha256(bytes));
  },
);

test("a small file comes along in base64, a large one by its URL", async () => {
  const bytes = randomBytes(40_000);
  const base64 = bytes.toString("base64");
  const to = kinds.chat("person").forSession;
  const inline = { base64, mimetype: "image/png", viewOnce: true };
  const first = await kinds.send({ to, type: "image", image: inline });
  expect(sha256(await kinds.contact.download(first.whatsappId))).toBe(sha256(bytes));
  expect(first.shown.content).toMatchObject({ viewOnce: true });

  const mediaId = await kinds.upload(bytes, "image/png");
  const { downloadUrl: url } = (await kinds.call.get(`/v1/media/${mediaId}`)).body;
  const second = await kinds.send({ to, type: "document", document: { url, fileName: "a.png" } });
  expect(sha256(await kinds.contact.download(second.whatsappId))).toBe(sha256(bytes));
});

test("of a linked page a text shows title, description and picture, and leaves without when it is slow or not wanted", async () => {
  const photo = pictureOf(640, 480);
  using server = await startFileServer({
    "/page": (response) =>
      response
        .setHeader("content-type", "text/html; charset=utf-8")
        .end(
          '<head><title>A page</title><meta property="og:title" content="Tea &amp; more">' +
            '<meta name="description" content="All about tea"><meta property="og:image" content="/photo">',
        ),
    "/photo": (response) => response.setHeader("content-type", "image/jpeg").end(photo),
    "/never": () => undefined,
  });
  const to = kinds.chat("person").forSession;
  const say = async (body: string, preview?: false) => {
    const text = { body, ...(preview === undefined ? {} : { preview }) };
    return (await kinds.send({ to, type: "text", text })).shown.content;
  };
  const url = server.url("/page");
  expect(await say(`look: ${url}, it is good`)).toMatchObject({
    preview: { url, title: "Tea & more", description: "All about tea" },
  });
  const { preview } = (await say(`again: ${url}`)) as { preview: { thumbnailSize: number } };
  expect(preview.thumbnailSize).toBeGreaterThan(100);
  expect(server.asked).toEqual(["/page", "/photo"]);
  for (const bare of [
    await say(`nothing of ${url}`, false),
    await say(`slow: ${server.url("/never")}`),
    await say(`gone: ${server.url("/gone")}`),
    await say("nobody: http://127.0.0.1:1/"),
  ]) {
    expect(bare).not.toHaveProperty("preview");
  }
});

test.for(chatNames)(
  "to a %s, a picture says how large it is and brings a small one along",
  async (name) => {
    const to = kinds.chat(name).forSession;
    const bytes = pictureOf(1_200, 800);
    const mediaId = await kinds.upload(bytes, "image/jpeg");
    const { shown, whatsappId } = await kinds.send({ to, type: "image", image: { mediaId } });
    expect(shown.content).toMatchObject({ type: "image", width: 1_200, height: 800 });
    expect(shown.content).toHaveProperty("thumbnailSize");
    expect(sha256(await kinds.contact.download(whatsappId))).toBe(sha256(bytes));
  },
);

function pictureOf(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4, 0x80);
  return jpeg.encode({ width, height, data }, 80).data;
}

test("a file that cannot be had ends its message with the reason, and its chat goes on", async () => {
  using server = await startFileServer({
    "/empty": (response) => response.setHeader("content-type", "image/jpeg").end(),
    "/page": (response) => response.setHeader("content-type", "text/html").end("<p>no image</p>"),
    "/cut": (response) => {
      response.writeHead(200, { "content-type": "image/jpeg", "content-length": 100 });
      response.write("some", () => response.destroy());
    },
  });
  const files: [string, string][] = [
    [server.url("/empty"), "media_empty"],
    [server.url("/page"), "media_wrong_type"],
    [server.url("/cut"), "media_unreachable"],
    ["http://127.0.0.1:1/nobody-listens.jpg", "media_unreachable"],
    [await expiredLink(kinds), "media_unreachable"],
  ];
  for (const name of chatNames) {
    const to = kinds.chat(name).forSession;
    const accepted = [];
    for (const [url, reason] of files) {
      const { status, body } = await kinds.call.post(`${kinds.path}/messages`, {
        to,
        type: "image",
        image: { url },
      });
      expect(status).toBe(202);
      accepted.push({ id: String(body["id"]), reason });
    }
    await kinds.send({ to, type: "text", text: { body: `after all that, ${name}` } });
    for (const { id, reason } of accepted) {
      const { data } = await kinds.status(id, "failed");
      expect(data.reason).toBe(reason);
      expect(data.detail).toMatch(/^The file/);
    }
  }
});

test("what cannot be right is refused at once, naming the field", async () => {
  const pdf = await kinds.upload(randomBytes(100), "application/pdf");
  const unknown = "med_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";
  const options = Array.from({ length: 13 }, (_, i) => `option ${i}`);
  const inline = (mimetype: string) => ({ base64: "AAAA", mimetype });
  const bad: [number, string, string, object][] = [
    [400, "validation_failed", "text.body", { type: "text", text: {} }],
    [422, "media_unfit", "", { type: "image", image: { mediaId: pdf } }],
    [
      400,
      "validation_failed",
      "image.caption",
      { type: "image", image: { mediaId: pdf, caption: "x".repeat(1_025) } },
    ],
    [422, "media_unfit", "", { type: "video", video: inline("video/webm") }],
    [
      400,
      "validation_failed",
      "video.caption",
      { type: "video", video: { ...inline("video/mp4"), caption: "x".repeat(1_025) } },
    ],
    [
      400,
      "validation_failed",
      "document.caption",
      { type: "document", document: { ...inline("text/plain"), caption: "x".repeat(1_025) } },
    ],
    [
      400,
      "validation_failed",
      "image",
      { type: "image", image: { ...inline("image/png"), base64: "" } },
    ],
    [422, "media_unfit", "", { type: "audio", audio: { ...inline("audio/mpeg"), voice: true } }],
    [400, "validation_failed", "document", { type: "document", document: { fileName: "a.pdf" } }],
    [422, "media_not_found", "", { type: "document", document: { mediaId: unknown } }],
    [422, "media_unfit", "", { type: "sticker", sticker: inline("image/png") }],
    [
      400,
      "validation_failed",
      "location.longitude",
      { type: "location", location: { latitude: 9 } },
    ],
    [
      400,
      "validation_failed",
      "contact.contacts.0.vcard",
      { type: "contact", contact: { contacts: [{ vcard: "BEGIN:VCARD\nFN:Joan" }] } },
    ],
    [400, "validation_failed", "poll.options", { type: "poll", poll: { question: "?", options } }],
    [
      400,
      "validation_failed",
      "reaction.messageId",
      { type: "reaction", reaction: { emoji: "👍" } },
    ],
  ];
  for (const name of chatNames) {
    const to = kinds.chat(name).forSession;
    for (const [status, code, field, body] of bad) {
      const answer = await kinds.call.post(`${kinds.path}/messages`, { to, ...body });
      expect([...outcome(answer), JSON.stringify(body)]).toEqual([
        status,
        code,
        JSON.stringify(body),
      ]);
      expect(JSON.stringify(answer.body["fields"] ?? "")).toContain(field);
    }
  }
  const empty = await kinds.call.post("/v1/media", { mimetype: "image/jpeg", size: 0 });
  expect(outcome(empty)).toEqual([400, "validation_failed"]);
});
