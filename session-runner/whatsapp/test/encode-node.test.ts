import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type * as Encoder from "@whiskeysockets/baileys/lib/WABinary/encode.js";
import type { BinaryNode } from "@whiskeysockets/baileys/lib/WABinary/types.js";
import { expect, test } from "vitest";
import { createSeededRandom } from "#test/simulation/seeded-random.ts";
import { encodeBinaryNode } from "../encode-node.ts";

const run = promisify(execFile);
const resolved = import.meta.resolve("@whiskeysockets/baileys/lib/WABinary/encode.js");
/** With a query it is a module of its own, whoever has put another one in the place of Baileys'. */
const baileys = (await import(/* @vite-ignore */ `${resolved}?theirs`)) as typeof Encoder;

const random = createSeededRandom(7);
/** From 0, below the limit. */
const upTo = (limit: number) => random.integer(0, limit - 1);
const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const alphabets = ["0123456789", "0123456789-.", "0123456789ABCDEF", "-ABCDEF1", "aé€😀 @:_.0A"];
const servers = [
  "s.whatsapp.net",
  "lid",
  "g.us",
  "hosted",
  "hosted.lid",
  "c.us",
  "newsletter",
  "x.y",
];
const tokens = ["message", "type", "text", "skmsg", "read-self", "participants", "constructor"];
/** On both sides of where a length takes another form. */
const lengths = [0, 1, 2, 126, 127, 128, 255, 256, 257];

function text(): string {
  const kind = upTo(4);
  if (kind === 0) return random.pick(tokens);
  if (kind === 1) return jid();
  const alphabet = Array.from(random.pick(alphabets));
  return many(random.pick([upTo(20), random.pick(lengths)]), () => random.pick(alphabet)).join("");
}

function jid(): string {
  const user = random.pick(["", "49176", "abc", "1-2", "12AF"]);
  return `${user}${random.pick(["", "", "_1", "_x"])}${random.pick(["", "", ":0", ":3", ":99", ":300", ":x"])}@${random.pick(servers)}`;
}

function node(depth: number): BinaryNode {
  const attrs = Object.fromEntries(
    many(upTo(6), () => [text() || "x", random.chance(0.7) ? text() : nothing()]),
  ) as Record<string, string>;
  const written = { tag: text() || "iq", attrs, ...content(depth) };
  return random.chance(0.9) ? written : ({ ...written, attrs: undefined } as unknown as BinaryNode);
}

/** What an attribute's value may be by mistake. */
function nothing(): unknown {
  return [undefined, null, 7][upTo(3)];
}

function content(depth: number): Pick<BinaryNode, "content"> {
  const kind = upTo(depth > 0 ? 4 : 3);
  if (kind === 0) return {};
  if (kind === 1) return { content: text() };
  if (kind === 2) return { content: Uint8Array.from(many(random.pick(lengths), () => upTo(256))) };
  return { content: many(random.pick([0, 1, 3]), () => node(depth - 1)) };
}

test("stanzas have the bytes that Baileys' encoder gives them", () => {
  expect(baileys.encodeBinaryNode).not.toBe(encodeBinaryNode);
  for (let i = 0; i < 3_000; i += 1) {
    const stanza = node(3);
    expect(encodeBinaryNode(stanza).toString("hex"), JSON.stringify(stanza)).toBe(
      baileys.encodeBinaryNode(stanza).toString("hex"),
    );
  }
});

test("so have large ones, and those that follow them", () => {
  const small: BinaryNode = { tag: "ack", attrs: { id: "3EB0A1" } };
  const device = { tag: "to", attrs: { jid: "49176:3@lid" }, content: Buffer.alloc(70_000, 5) };
  const large: BinaryNode[] = [
    { tag: "list", attrs: {}, content: many(255, () => small) },
    { tag: "list", attrs: {}, content: many(256, () => small) },
    { tag: "message", attrs: {}, content: many(300, () => device) },
    { tag: "media", attrs: {}, content: Buffer.alloc(1 << 20, 1) },
    { tag: "media", attrs: {}, content: Buffer.alloc((1 << 20) - 1, 2) },
    { tag: "text", attrs: {}, content: "é".repeat(200_000) },
  ];
  for (const stanza of large.flatMap((one) => [one, small])) {
    expect(encodeBinaryNode(stanza).equals(baileys.encodeBinaryNode(stanza))).toBe(true);
  }
});

test("what was encoded stays as it was when the next stanza is", () => {
  const first = encodeBinaryNode({ tag: "iq", attrs: { id: "1" } });
  const before = first.toString("hex");
  encodeBinaryNode({ tag: "message", attrs: { id: "2" } });
  expect(first.toString("hex")).toBe(before);
});

test("what no stanza can be is refused as Baileys refuses it, and the next one is encoded", () => {
  const wrong = [
    { tag: "", attrs: {} },
    { tag: "iq", attrs: {}, content: [{ tag: "a", attrs: {} }, "text"] },
    { tag: "iq", attrs: {}, content: [new Uint8Array(3)] },
    { tag: "iq", attrs: {}, content: null },
    { tag: "iq", attrs: {}, content: 7 },
  ] as unknown as BinaryNode[];
  for (const stanza of wrong) {
    expect(() => encodeBinaryNode(stanza)).toThrow(/^(?:Invalid node|invalid children)/);
    expect(() => baileys.encodeBinaryNode(stanza)).toThrow(/^(?:Invalid node|invalid children)/);
  }
  const right = { tag: "iq", attrs: { id: "1" } };
  expect(encodeBinaryNode(right).equals(baileys.encodeBinaryNode(right))).toBe(true);
});

test("a process that loads the runner's Baileys has it encode with this", async () => {
  const door = new URL("../baileys.ts", import.meta.url).href;
  const ours = new URL("../encode-node.ts", import.meta.url).href;
  const script = `
    await import(${JSON.stringify(door)});
    const { encodeBinaryNode } = await import("@whiskeysockets/baileys");
    console.log(encodeBinaryNode === (await import(${JSON.stringify(ours)})).encodeBinaryNode);
  `;
  const args = ["--input-type=module", "--eval", script];
  const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname });
  expect(stdout.trim()).toBe("true");
});
