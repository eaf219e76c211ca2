import type { ApiMiddleware } from "./exchange.ts";
import { toFault } from "./to-fault.ts";
import { toProblemResult } from "./to-result.ts";

/** Every failure becomes a problem document. A fault is a line in the log; a bug is logged whole. */
export function answerProblems(): ApiMiddleware {
  return {
    onError: ({ error, context }) => {
      const { requestId, log } = context.exchange;
      const fault = toFault(error);
      context.exchange.code = fault?.code ?? "internal";
      if (!fault) log.error({ err: error }, "request failed by a bug");
      else if (fault === error) log.info({ code: fault.code }, "request was refused");
      else log.warn({ code: fault.code, cause: error?.name }, "request failed by a store");
      return toProblemResult(fault ?? error, requestId);
    },
  };
}
