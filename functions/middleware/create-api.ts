import { randomUUID } from "node:crypto";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import createPipeline from "@middy/core";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { answerProblems } from "./answer-problems.ts";
import { noteInAudit } from "./audit.ts";
import { authenticateCaller } from "./authenticate-caller.ts";
import { foundImplementation } from "./exchange.ts";
import type { ApiContext, ApiDeps, ApiResult, Exchange } from "./exchange.ts";
import { findImplementation } from "./find-implementation.ts";
import { hashKey, runAgain, runIdempotently } from "./idempotency.ts";
import type { AnyAnswer, Attempt, RouteCall, RouteImplementation } from "./implement.ts";
import { limitAddress, limitCaller, limitSession, rateHeaders } from "./limit-rate.ts";
import { readJsonBody } from "./read-json-body.ts";
import { toResult } from "./to-result.ts";
import { validateRequest } from "./validate-request.ts";

export type ApiHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<ApiResult>;

/** The Lambda of one area: its routes behind the middlewares that all areas share. */
export function createApi<Deps extends ApiDeps>(
  implementations: Record<string, RouteImplementation<Deps>>,
  deps: Deps,
): ApiHandler {
  const bound = Object.values(implementations).map((implementation) => bind(implementation, deps));
  const pipeline = createPipeline<APIGatewayProxyEventV2, ApiResult, Error, ApiContext>()
    .use(answerProblems())
    .use(findImplementation(bound))
    .use(limitAddress(deps.rateLimits))
    .use(authenticateCaller(deps))
    .use(limitCaller(deps.rateLimits))
    .use(readJsonBody())
    .use(validateRequest())
    .use(limitSession(deps.rateLimits))
    .handler((event: APIGatewayProxyEventV2, context: ApiContext) =>
      runRoute(deps, event, context.exchange),
    );
  return async (event, context) => {
    const exchange = openExchange(deps, event);
    const result = await pipeline(event, { ...context, exchange });
    await noteInAudit(deps, exchange, result);
    const { statusCode } = result;
    exchange.log.debug({ statusCode, ms: deps.now() - exchange.startedAt }, "request was answered");
    return { ...result, headers: { ...result.headers, ...rateHeaders(exchange) } };
  };
}

function openExchange(deps: ApiDeps, event: APIGatewayProxyEventV2): Exchange {
  const { requestId } = event.requestContext;
  const log = deps.log.child({ requestId });
  return { requestId, ip: deps.findAddress(event), log, startedAt: deps.now(), noted: {} };
}

async function runRoute(
  deps: ApiDeps,
  event: APIGatewayProxyEventV2,
  exchange: Exchange,
): Promise<ApiResult> {
  const { route, run } = foundImplementation(exchange);
  const { requestId, caller } = exchange;
  const runAs = async (attempt: Attempt) => {
    const call = { ...exchange, headers: event.headers, attempt } as RouteCall<RouteDefinition>;
    const answer = await run(call, undefined as never);
    noteMade(exchange, answer);
    return answer;
  };
  const idempotencyKey = event.headers["idempotency-key"];
  const fresh = { startedAt: exchange.startedAt, seed: randomUUID(), repeatable: false };
  if (!route.idempotent || idempotencyKey === undefined) {
    return toResult(await runAs(fresh), requestId);
  }
  if (!caller)
    return toResult(await runAs({ ...fresh, keyHash: hashKey(idempotencyKey) }), requestId);
  const request = { method: route.method, path: event.rawPath, body: exchange.body };
  const use = { caller, idempotencyKey, request, requestId };
  return route.findsItsOwn ? runAgain(deps, use, runAs) : runIdempotently(deps, use, runAs);
}

/** What was made is known by the id in the answer. */
function noteMade({ noted }: Exchange, answer: AnyAnswer): void {
  const id = "body" in answer ? (answer.body as { id?: unknown } | undefined)?.id : undefined;
  if (typeof id === "string") noted.target = { ...noted.target, id };
}

/** The middlewares need not know what an area depends on. */
function bind<Deps>({ route, run }: RouteImplementation<Deps>, deps: Deps): RouteImplementation {
  return { route, run: (call) => run(call, deps) };
}
