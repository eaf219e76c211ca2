import { constantQuery, isQuery } from "./query.ts";

/** The client says whether it is active; Baileys opens only after the answer. */
export const passive = constantQuery(isQuery("passive", "set"));

export const props = constantQuery(isQuery("abt", "get", "props"), [
  { tag: "props", attrs: { hash: "simulated" }, content: [] },
]);

/** Follows every 1:1 text. */
export const privacyTokens = constantQuery(isQuery("privacy", "set", "tokens"));

export const blocklist = constantQuery(isQuery("blocklist", "get"), [
  { tag: "list", attrs: {}, content: [] },
]);

export const dirtyBits = constantQuery(isQuery("urn:xmpp:whatsapp:dirty", "set", "clean"));
