import { isQuery, type Query } from "./query.ts";

const secondsToLive = "3600";

/** Where files go and come from: the simulator's own media host, port included. */
export const mediaConnection: Query = {
  matches: isQuery("w:m", "set", "media_conn"),
  answer: ({ world }) => [
    {
      tag: "media_conn",
      attrs: {
        auth: world.mediaHost.issueToken(),
        ttl: secondsToLive,
        auth_ttl: secondsToLive,
        max_buckets: "12",
      },
      content: [{ tag: "host", attrs: { hostname: world.mediaHost.name } }],
    },
  ],
};
