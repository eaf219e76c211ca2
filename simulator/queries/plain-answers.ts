import { endsAt } from "../faults/end-connection.ts";
import { constantQuery, isQuery, type Query } from "./query.ts";

/** The client says whether it is active; Baileys opens only after the answer. */
export const passive: Query = {
  ...constantQuery(isQuery("passive", "set")),
  after: ({ world, device }) => {
    if (device.stream) endsAt(world.faults, "open", device.stream);
  },
};

export const props = constantQuery(isQuery("abt", "get", "props"), [
  { tag: "props", attrs: { hash: "simulated" }, content: [] },
]);

/** Follows every 1:1 text. */
export const privacyTokens = constantQuery(isQuery("privacy", "set", "tokens"));

export const dirtyBits = constantQuery(isQuery("urn:xmpp:whatsapp:dirty", "set", "clean"));
