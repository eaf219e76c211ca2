import { countPreKeys } from "../accounts/pre-key-pool.ts";
import { isQuery, type Query } from "./query.ts";

/** How many one-time keys of this device are left. */
export const preKeyCount: Query = {
  matches: isQuery("encrypt", "get", "count"),
  answer: ({ device }) => [
    { tag: "count", attrs: { value: String(countPreKeys(device.preKeys)) } },
  ],
};
