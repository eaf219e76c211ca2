import { child, children } from "../stanza/read-node.ts";
import { isQuery, type Query } from "./query.ts";

/** The phones here share no app state: every collection is up to date. */
export const appStateSync: Query = {
  matches: isQuery("w:sync:app:state", "set", "sync"),
  answer: ({ iq }) => [
    {
      tag: "sync",
      attrs: {},
      content: children(child(iq, "sync"), "collection").map(({ attrs }) => ({
        tag: "collection",
        attrs: {
          name: attrs["name"] ?? "",
          version: attrs["version"] ?? "0",
          type: "result",
        },
      })),
    },
  ],
};
