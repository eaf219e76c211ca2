import { fetchBundle } from "../routing/fetch-bundle.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { child, children } from "../stanza/read-node.ts";
import type { World } from "../world.ts";
import { preKeyNode, signedKeyNodes } from "./key-bundle-nodes.ts";
import { isQuery, type Query } from "./query.ts";

const answerUser = (world: World, jid: string): BinaryNode => {
  const device = world.accounts.deviceOfJid(jid);
  if (!device) {
    const error: BinaryNode = { tag: "error", attrs: { code: "404", text: "item-not-found" } };
    return { tag: "user", attrs: { jid }, content: [error] };
  }
  const { bundle, preKey } = fetchBundle(world, device);
  const oneTime = preKey ? [preKeyNode(preKey)] : [];
  return { tag: "user", attrs: { jid }, content: [...signedKeyNodes(bundle), ...oneTime] };
};

/** Keys to start a Signal session with devices; Baileys asks for them by LID. */
export const keyFetch: Query = {
  matches: isQuery("encrypt", "get", "key"),
  answer: ({ world, iq }) => {
    const users = children(child(iq, "key"), "user");
    const content = users.map((user) => answerUser(world, user.attrs["jid"] ?? ""));
    return [{ tag: "list", attrs: {}, content }];
  },
};
