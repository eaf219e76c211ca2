import { isSharedJid, phoneServer, toJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";

export type Typing = { chat: string; from: string; what: "typing" | "recording"; since: string };

// A client that stops says so; one that goes away does not.
const forgottenAfterMs = 25_000;

/** Who writes to this number now, by the stanzas that its phone was given. */
export const whoTypes = (world: World, number: string): Typing[] => {
  const device = toJid(number, phoneServer);
  const now = new Map<string, Typing | undefined>();
  for (const { at, node } of world.history.stanzas({
    tag: "chatstate",
    direction: "out",
    device,
  })) {
    if (world.now() - Date.parse(at) > forgottenAfterMs) continue;
    const { from, participant } = node.attrs;
    const author = world.accounts.ofJid(participant ?? from)?.number;
    const [state] = Array.isArray(node.content) ? node.content : [];
    if (author === undefined || !state) continue;
    const chat = isSharedJid(from) ? (from ?? "") : author;
    const what = state.attrs["media"] === "audio" ? "recording" : "typing";
    const key = `${chat} ${author}`;
    now.set(key, state.tag === "composing" ? { chat, from: author, what, since: at } : undefined);
  }
  return [...now.values()].filter((each) => each !== undefined);
};
