import type { Account } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, parseJid, phoneServer, toJid } from "../stanza/jid.ts";
import { bytesOf, child, children } from "../stanza/read-node.ts";
import type { Query, QueryContext } from "./query.ts";

type AskedUser = { jid: string; account: Account | undefined };

const readUser = ({ world }: QueryContext, user: BinaryNode): AskedUser => {
  const written = bytesOf(child(user, "contact"));
  const number = written && Buffer.from(written).toString().replace(/^\+/, "");
  const jid = user.attrs["jid"] ?? toJid(number ?? "", phoneServer);
  const parsed = parseJid(jid);
  return {
    jid: toJid(parsed?.user ?? "", parsed?.server ?? phoneServer),
    account: world.accounts.ofJid(jid),
  };
};

const deviceList = (account: Account): BinaryNode => ({
  tag: "devices",
  attrs: {},
  content: [
    {
      tag: "device-list",
      attrs: {},
      // Baileys drops a companion that has no key index.
      content: [...account.devices.values()].map(({ id, keyIndex }) => ({
        tag: "device",
        attrs: id === 0 ? { id: "0" } : { id: String(id), "key-index": String(keyIndex) },
      })),
    },
  ],
});

const answerUser = (context: QueryContext, wanted: Set<string>, asked: AskedUser): BinaryNode[] => {
  const { account, jid } = asked;
  const contact = (type: string): BinaryNode => ({ tag: "contact", attrs: { type } });
  if (!account)
    return wanted.has("contact")
      ? [{ tag: "user", attrs: { jid }, content: [contact("out")] }]
      : [];
  const content: BinaryNode[] = [];
  if (wanted.has("contact")) content.push(contact("in"));
  if (wanted.has("devices")) {
    content.push(deviceList(account));
    context.world.accounts.watch(account, context.device);
  }
  const { about, disappearing } = account.profile;
  if (wanted.has("status")) {
    const attrs = { t: String(about.t) };
    content.push({ tag: "status", attrs, content: Buffer.from(about.text) });
  }
  if (wanted.has("disappearing_mode")) {
    const attrs = { duration: String(disappearing.duration), t: String(disappearing.t) };
    content.push({ tag: "disappearing_mode", attrs });
  }
  if (wanted.has("lid") && parseJid(jid)?.server === phoneServer)
    content.push({ tag: "lid", attrs: { val: toJid(account.lid, lidServer) } });
  return [{ tag: "user", attrs: { jid }, content }];
};

/** usync: who is on WhatsApp, with which devices, under which LID. */
export const contactAndDeviceLists: Query = {
  matches: (iq) => iq.attrs["xmlns"] === "usync",
  answer: (context) => {
    const usync = child(context.iq, "usync");
    const asked = children(child(usync, "list"), "user").map((user) => readUser(context, user));
    const numbers = new Set(
      asked.map(({ account, jid }) => account?.number ?? parseJid(jid)?.user),
    );
    if (context.world.faults.isActive("never-answer-usync", ({ number }) => numbers.has(number)))
      return "unanswered";
    const wanted = new Set(children(child(usync, "query")).map(({ tag }) => tag));
    const list: BinaryNode = {
      tag: "list",
      attrs: {},
      content: asked.flatMap((user) => answerUser(context, wanted, user)),
    };
    return [{ tag: "usync", attrs: usync?.attrs ?? {}, content: [list] }];
  },
};
