import { Fault } from "#shared/faults/fault.ts";
import type { Table } from "#functions/store/items.ts";
import type { Logger } from "pino";
import { looksLikeApiKey } from "./api-key.ts";
import type { Caller } from "./caller.ts";
import type { TokenSecret } from "./token-secret.ts";
import { verifyAccessToken } from "./verify-access-token.ts";
import { verifyApiKey } from "./verify-api-key.ts";

/** Headers by lower-case name. */
export type Headers = Record<string, string | undefined>;

export type Authenticate = (headers: Headers) => Promise<Caller>;

/** Access tokens and API keys behind one door, for HTTP and the WebSocket alike. */
export function createAuthenticate(deps: {
  control: Table;
  tokenSecret: TokenSecret;
  log: Logger;
}): Authenticate {
  const { control, tokenSecret, log } = deps;
  return async (headers) => {
    const apiKey = headers["x-api-key"]?.trim();
    const bearer = /^Bearer +(\S+)$/i.exec(headers["authorization"]?.trim() ?? "")?.[1];
    const credential = bearer ?? apiKey;
    if (credential === undefined || credential === "") throw new Fault("unauthenticated");
    if (bearer === undefined || looksLikeApiKey(bearer))
      return verifyApiKey({ control, log }, credential);
    return verifyAccessToken({ control, tokenSecret }, bearer);
  };
}
