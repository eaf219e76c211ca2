import type { EventOf } from "#shared/contracts/event.ts";
import type { BinaryNode } from "./baileys.ts";
import { toContact } from "./contact.ts";

/** A call that begins to ring; undefined for what happens to it afterwards. */
export function findCall(node: BinaryNode): EventOf<"call.received">["data"] | undefined {
  const [offer] = Array.isArray(node.content) ? node.content : [];
  if (offer?.tag !== "offer") return undefined;
  const { attrs } = offer;
  const caller = attrs["from"] ?? attrs["call-creator"] ?? node.attrs["from"] ?? "";
  const media = Array.isArray(offer.content) ? offer.content : [];
  return {
    callId: attrs["call-id"] ?? "",
    from: toContact(caller, attrs["caller_pn"] ?? attrs["caller_lid"]),
    group: attrs["group-jid"] ?? null,
    video: media.some(({ tag }) => tag === "video"),
    calledAt: new Date(Number(node.attrs["t"]) * 1_000).toISOString(),
  };
}
