import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import type { BinaryNode } from "#simulator/stanza/codec.ts";
import { connectBaileys, openDevice } from "./baileys-client.ts";

const node = (
  tag: string,
  attrs: Record<string, string> = {},
  ...content: BinaryNode[]
): BinaryNode => (content.length > 0 ? { tag, attrs, content } : { tag, attrs });

const server = "@s.whatsapp.net";
const garbage = { tag: "enc", attrs: { v: "2", type: "msg" }, content: Buffer.alloc(40, 7) };
const iq = (xmlns: string, type: string, ...content: BinaryNode[]): BinaryNode =>
  node("iq", { id: "odd", to: server, xmlns, type }, ...content);

const odd = (contact: string): BinaryNode[] => [
  node("message"),
  node("message", { id: "1" }),
  node("message", { id: "2", to: "nobody@s.whatsapp.net" }, garbage),
  node("message", { id: "3", to: "120363000000000000@g.us" }, garbage),
  node("message", { id: "4", to: contact }, node("participants", {}, node("to"))),
  node("message", { id: "5", to: contact }, garbage),
  node("message", { id: "6", to: contact }, { ...garbage, attrs: { type: "skmsg" } }),
  node("message", { id: "7", to: contact }, { ...garbage, attrs: { type: "pkmsg" } }),
  node("receipt"),
  node("receipt", { id: "8", to: contact, type: "retry" }),
  node("receipt", { id: "9", to: "120363000000000000@g.us", type: "read" }),
  node("ack"),
  node("ack", { id: "10", class: "message" }),
  node("iq"),
  node("iq", { type: "result", id: "11" }),
  iq("usync", "get"),
  iq("encrypt", "get", node("key", {}, node("user"))),
  iq("encrypt", "set", node("list")),
  iq("w:g2", "set", node("create")),
  iq("w:g2", "set", node("leave", {}, node("group"))),
  iq("md", "set", node("remove-companion-device", { jid: contact })),
  iq("nothing:known", "get", node("question")),
  node("chatstate", { to: contact }),
  node("presence"),
  node("unheard-of"),
];

test("stanzas that make no sense harm nobody: the server and the contact go on", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using observer = await openDevice(simulator, contact);
  const memory = (await openDevice(simulator, own)).memory;
  for (const stanza of odd(`${contact.number}@s.whatsapp.net`)) {
    await using sender = connectBaileys(simulator, memory);
    await sender.opened();
    await sender.socket.sendNode(stanza);
  }
  await contact.say(own.number, "still here");
  await own.waitForMessage({ text: "still here" });
  await own.say(contact.number, "so am I");
  await observer.waitForText("so am I");
  expect(contact.received().map(({ text }) => text)).toEqual(["so am I"]);
  expect(contact.devices()).toMatchObject([{ device: 0 }, { device: 1, online: true }]);
  const unhandled = simulator.history.stanzas({ unhandled: true });
  expect(unhandled.map(({ node }) => node.attrs["xmlns"])).toContain("nothing:known");
});
