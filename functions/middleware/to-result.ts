import { Fault } from "#shared/faults/fault.ts";
import { toProblem } from "#shared/faults/problem.ts";
import type { ApiResult } from "./exchange.ts";
import type { AnyAnswer } from "./implement.ts";

function commonHeaders(requestId: string): Record<string, string> {
  return {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  };
}

/** An answer in API Gateway's form. */
export function toResult(answer: AnyAnswer, requestId: string): ApiResult {
  const { status: statusCode } = answer;
  const headers = commonHeaders(requestId);
  if ("raw" in answer) {
    Object.assign(headers, answer.headers, { "content-type": answer.contentType });
    return { statusCode, headers, body: answer.raw.toString("base64"), isBase64Encoded: true };
  }
  if (answer.body === undefined) return { statusCode, headers };
  headers["content-type"] = "application/json";
  return { statusCode, headers, body: JSON.stringify(answer.body) };
}

/** A failure in API Gateway's form; a bug shows nothing of itself. */
export function toProblemResult(error: unknown, requestId: string): ApiResult {
  const problem = toProblem(error, requestId);
  return {
    statusCode: problem.status,
    headers: {
      ...commonHeaders(requestId),
      ...(problem.status === 401 && { "www-authenticate": 'Bearer realm="wafleet"' }),
      ...(error instanceof Fault ? error.options.headers : {}),
      "content-type": "application/problem+json",
    },
    body: JSON.stringify(problem),
  };
}
