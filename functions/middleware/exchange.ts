import type { Authenticate } from "#functions/auth/authenticate.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { RequireOperator } from "#functions/auth/require-operator.ts";
import type { TokenSecret } from "#functions/auth/token-secret.ts";
import type { Table } from "#functions/store/items.ts";
import type { Tier } from "#shared/resources/limits.ts";
import type { MiddlewareObj } from "@middy/core";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import type { Logger } from "pino";
import type { FindAddress } from "./find-address.ts";
import type { RouteImplementation } from "./implement.ts";
import type { RateLimits, Standing } from "./rate-limits.ts";

/** How many sessions an account of each tier may have. */
export type SessionLimits = Record<Tier, number>;

/** What a handler found out that the audit should know. */
export type Noted = { accountId?: string; target?: Record<string, string> };

/** What every API Lambda works with. */
export type ApiDeps = {
  control: Table;
  audit: Table;
  auditRetentionDays: number;
  rateLimits: RateLimits;
  findAddress: FindAddress;
  sessionLimits: SessionLimits;
  tokenSecret: TokenSecret;
  authenticate: Authenticate;
  requireOperator: RequireOperator;
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
  noted: Noted;
  /** Of the fault that it ended with. */
  code?: string;
  /** How the caller stands with the nearest limit. */
  standing?: Standing;
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
