import type { Authenticate } from "#functions/auth/authenticate.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { TokenSecret } from "#functions/auth/token-secret.ts";
import type { Table } from "#functions/store/items.ts";
import type { MiddlewareObj } from "@middy/core";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import type { Logger } from "pino";
import type { RouteImplementation } from "./implement.ts";

/** What every API Lambda works with. */
export type ApiDeps = {
  control: Table;
  tokenSecret: TokenSecret;
  authenticate: Authenticate;
  log: Logger;
  now: () => number;
};

/** One request on its way through the middlewares; each adds what it found out. */
export type Exchange = {
  requestId: string;
  /** The address that asks. */
  ip: string;
  log: Logger;
  startedAt: number;
  implementation?: RouteImplementation;
  caller?: Caller;
  params?: unknown;
  query?: unknown;
  body?: unknown;
};

export type ApiContext = Context & { exchange: Exchange };
export type ApiResult = APIGatewayProxyStructuredResultV2;
export type ApiMiddleware = MiddlewareObj<APIGatewayProxyEventV2, ApiResult, Error, ApiContext>;

/** What the route table says of this request's route; findImplementation has put it there. */
export function foundImplementation(exchange: Exchange): RouteImplementation {
  if (exchange.implementation) return exchange.implementation;
  throw new Error("a middleware that needs the route ran before the one that finds it");
}
