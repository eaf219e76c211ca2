import { constantQuery } from "./query.ts";

/** The keep-alive, every 30 seconds. */
export const ping = constantQuery((iq) => iq.attrs["xmlns"] === "w:p");
