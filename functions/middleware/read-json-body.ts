import { Fault } from "#shared/faults/fault.ts";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import { foundImplementation } from "./exchange.ts";
import type { ApiMiddleware } from "./exchange.ts";

/** Half of what one SQS message may hold, since escaping can double it. */
const maxBodyLength = 512 * 1024;

/** Parses the body of the routes that take one; what others are sent is not looked at. */
export function readJsonBody(): ApiMiddleware {
  const parser = httpJsonBodyParser({ reviver: wellFormed });
  return {
    before: async (request) => {
      const { exchange } = request.context;
      const { body } = foundImplementation(exchange).route;
      if (!body || (!request.event.body && body.safeParse(undefined).success)) return;
      if ((request.event.body?.length ?? 0) > maxBodyLength) throw new Fault("payload_too_large");
      const event = { ...request.event };
      try {
        await parser.before?.({ ...request, event });
      } catch (error) {
        // Its errors carry the body, which must not reach the log.
        throw new Fault(statusOf(error) === 415 ? "unsupported_media_type" : "malformed_json");
      }
      exchange.body = event.body;
    },
  };
}

/** Half a character, which JSON can escape, makes a message that no phone can read. */
function wellFormed(_name: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed() : value;
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
}
