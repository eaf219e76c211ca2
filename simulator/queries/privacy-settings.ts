import { constantQuery, isQuery } from "./query.ts";

const everybody = ["readreceipts", "profile", "status", "online", "last", "groupadd", "calladd"];

/** Read receipts are on; otherwise Baileys would send `read-self` and the sender learn nothing. */
export const privacySettings = constantQuery(isQuery("privacy", "get"), [
  {
    tag: "privacy",
    attrs: {},
    content: everybody.map((name) => ({ tag: "category", attrs: { name, value: "all" } })),
  },
]);
