import { isQuery, type Query } from "./query.ts";

const secondsToLive = "3600";

/** Names a media host that is not there: uploads fail at once instead of leaving the machine. */
export const mediaConnection: Query = {
  matches: isQuery("w:m", "set", "media_conn"),
  answer: ({ world }) => [
    {
      tag: "media_conn",
      attrs: {
        auth: Buffer.from(world.random(24)).toString("base64url"),
        ttl: secondsToLive,
        auth_ttl: secondsToLive,
        max_buckets: "12",
      },
      content: [{ tag: "host", attrs: { hostname: "media.invalid" } }],
    },
  ],
};
