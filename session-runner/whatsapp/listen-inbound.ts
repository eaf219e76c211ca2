import type { EventEmitter } from "node:events";
import type { EventDraft } from "#shared/contracts/event.ts";
import type { BinaryNode } from "./baileys.ts";
import { findCall } from "./call.ts";
import type { JournaledDecryption } from "./decryption.ts";
import type { Known } from "./find-target.ts";
import type { GroupCache } from "./group-cache.ts";
import { findGroupUpdate } from "./group-update.ts";
import { inboundKey } from "./stanzas.ts";
import type { Stanzas } from "./stanzas.ts";

export type InboundListeners = {
  stanzas: Stanzas;
  decryption: JournaledDecryption;
  groups: GroupCache;
  known: () => Known;
  onReceived: (draft: EventDraft) => void;
};

/**
 * Looks at each stanza before Baileys does. What is staged here is durable before Baileys' answer to
 * the stanza leaves: the wire gate sees to that.
 */
export function listenInbound(emitter: EventEmitter, listeners: InboundListeners): void {
  const { stanzas, decryption, groups, known, onReceived } = listeners;

  /** Stanzas that are not acknowledged come again. */
  function takeOnce(key: string, draft: EventDraft): void {
    const { journal } = known();
    if (journal.fold.seen.has(key)) return;
    journal.stage({ seen: [key] });
    onReceived(draft);
  }

  emitter.prependListener("CB:message", (node: BinaryNode) => {
    stanzas.remember(node);
    decryption.withheld(node);
  });
  emitter.prependListener("CB:notification", (node: BinaryNode) => {
    const update = findGroupUpdate(node);
    if (node.attrs["type"] === "w:gp2") groups.forget(node.attrs["from"] ?? "");
    if (update) takeOnce(inboundKey(node), { type: "group.update", data: update });
  });
  emitter.prependListener("CB:call", (node: BinaryNode) => {
    const call = findCall(node);
    if (call) takeOnce(`call|${call.callId}`, { type: "call.received", data: call });
  });
  emitter.on("CB:ack,class:receipt", ({ attrs }: BinaryNode) => decryption.receipted(attrs));
}
