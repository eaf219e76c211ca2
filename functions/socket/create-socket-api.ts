import { toFault } from "#functions/middleware/to-fault.ts";
import type { SocketNotice } from "#shared/contracts/socket.ts";
import { toProblem } from "#shared/faults/problem.ts";
import type { socketRoutes } from "#shared/routes/table.ts";
import createPipeline from "@middy/core";
import type { MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import { connect } from "./connect.ts";
import { disconnect } from "./disconnect.ts";
import { heartbeat } from "./heartbeat.ts";
import { parseRequest, requestOf } from "./parse-request.ts";
import { resume } from "./resume.ts";
import type { SocketDeps } from "./socket-deps.ts";
import type { SocketEvent, SocketResult } from "./socket-event.ts";
import { subscribe } from "./subscribe.ts";

type SocketRoute = (deps: SocketDeps, event: SocketEvent) => Promise<void>;
type SocketHandler = (event: SocketEvent, context: Context) => Promise<SocketResult>;

const routes: Record<(typeof socketRoutes)[number], SocketRoute> = {
  $connect: connect,
  $disconnect: disconnect,
  $default: answerRequest,
};

/** The WebSocket API's Lambda. */
export function createSocketApi(deps: SocketDeps): SocketHandler {
  const pipeline = createPipeline<SocketEvent, SocketResult>()
    .use(answerProblems(deps))
    .handler(async (event: SocketEvent) => {
      const { routeKey } = event.requestContext;
      const route = Object.hasOwn(routes, routeKey)
        ? routes[routeKey as keyof typeof routes]
        : answerRequest;
      await route(deps, event);
      return { statusCode: 200 };
    });
  return (event, context) => pipeline(event, context);
}

async function answerRequest(deps: SocketDeps, event: SocketEvent): Promise<void> {
  const { connectionId } = event.requestContext;
  const request = parseRequest(event.body);
  switch (request.action) {
    case "subscribe":
      return subscribe(deps, connectionId, request);
    case "resume":
      return resume(deps, connectionId, request);
    case "heartbeat":
      return heartbeat(deps, connectionId, request);
    default:
      return request satisfies never;
  }
}

/** `$connect` is answered by its status; afterwards the client is told over the socket. */
function answerProblems(deps: SocketDeps): MiddlewareObj<SocketEvent, SocketResult> {
  return {
    onError: async ({ event, error }) => {
      const { requestId, connectionId, routeKey } = event.requestContext;
      const fault = toFault(error);
      const log = deps.log.child({ requestId, connectionId, routeKey });
      if (fault) log.info({ code: fault.code }, "socket request was refused");
      else log.error({ err: error }, "socket request failed by a bug");
      const problem = toProblem(fault ?? error, requestId);
      if (routeKey === "$connect" || routeKey === "$disconnect") {
        return { statusCode: problem.status };
      }
      const notice: SocketNotice = {
        type: "socket.refused",
        request: requestOf(event.body),
        problem,
      };
      await deps
        .push(connectionId, JSON.stringify(notice))
        .catch((err: unknown) => log.warn({ err }, "refusal could not be pushed"));
      return { statusCode: 200 };
    },
  };
}
