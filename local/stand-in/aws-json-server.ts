import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "./aws-error.ts";
import { clientGone } from "./client-gone.ts";
import { createFaults } from "./faults.ts";
import { startHttpServer } from "./http-server.ts";
import { faultAfter, faultBefore } from "./inject-faults.ts";
import { createMeter } from "./meter.ts";
import { readBody } from "./read-body.ts";
import type { StandIn, StandInOptions } from "./stand-in.ts";

/** One request on its way through an operation. */
export type Call = {
  operation: string;
  /** Aborted when the client is gone before it had the answer. */
  signal: AbortSignal;
  /** Bytes of payload that count towards the bill; the operation adds to it. */
  payloadBytes: number;
  /** Set by an operation whose effect must be taken back when the answer cannot be handed over. */
  undo?: () => void;
};

/** Each operation knows its own input, which comes from JSON: `never` lets a table hold them all. */
export type Operation = (input: never, call: Call) => object | Promise<object>;

export type AwsJsonService = {
  protocol: "1.0" | "1.1";
  /** What stands before the dot in `X-Amz-Target`. */
  target: string;
  /** Namespace of error shapes, for example `com.amazonaws.sqs`. */
  errorNamespace: string;
  operations: Record<string, Operation>;
  /** What the service answers when it has had enough, such that the SDK tries again. */
  throttled: () => AwsError;
  /** First part of the meter's keys, for example `sqs`. */
  meterName: string;
  /** How many billed requests a call is; 1 when absent. */
  billedRequests?: (call: Call) => number;
};

/** Serves a JSON-over-HTTP AWS service: dispatch by target, faults before and after the work, metering. */
export async function startAwsJsonServer(
  service: AwsJsonService,
  options: StandInOptions,
): Promise<StandIn> {
  const faults = options.faults ?? createFaults();
  const meter = options.meter ?? createMeter();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const signal = clientGone(request, response);
    const operation = operationName(service, request);
    const body = (await readBody(request)).toString("utf8");
    const call: Call = { operation, signal, payloadBytes: 0 };
    const fault = await faultBefore(faults, operation, body);
    if (fault === "refuse") return void request.socket.destroy();
    if (fault === "throttle") return sendError(response, service, service.throttled());
    const answer = await run(service, call, body);
    meter.add(`${service.meterName}.requests`, service.billedRequests?.(call) ?? 1);
    meter.add(`${service.meterName}.${operation}`);
    if (faultAfter(faults, operation, body)) return void request.socket.destroy();
    if (signal.aborted) return call.undo?.();
    signal.addEventListener("abort", () => call.undo?.(), { once: true });
    if (answer instanceof AwsError) return sendError(response, service, answer);
    send(response, service, 200, answer);
  }

  const server = await startHttpServer(handle, options.port);
  const stop = () => server.stop();
  return { endpoint: server.endpoint, faults, meter, stop, [Symbol.asyncDispose]: stop };
}

/** The target as it came when it is not this service's, so that the error names it. */
function operationName(service: AwsJsonService, request: IncomingMessage): string {
  const target = String(request.headers["x-amz-target"] ?? "");
  const prefix = `${service.target}.`;
  return target.startsWith(prefix) ? target.slice(prefix.length) : target;
}

/** The answer, or the error to answer with; anything that is not an `AwsError` is a bug and thrown. */
async function run(service: AwsJsonService, call: Call, body: string): Promise<object> {
  const operation = Object.hasOwn(service.operations, call.operation)
    ? service.operations[call.operation]
    : undefined;
  try {
    if (!operation) throw unknownOperation(service, call.operation);
    return await operation(parseInput(body) as never, call);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function unknownOperation(service: AwsJsonService, name: string): AwsError {
  const known = Object.keys(service.operations).join(", ");
  return new AwsError(
    "UnknownOperationException",
    `The local stand-in of ${service.meterName} does not have "${name}"; it has ${known}.`,
  );
}

function parseInput(body: string): unknown {
  try {
    return JSON.parse(body || "{}");
  } catch {
    throw new AwsError("SerializationException", "The request body is not valid JSON.");
  }
}

function sendError(response: ServerResponse, service: AwsJsonService, error: AwsError): void {
  if (error.queryCode) response.setHeader("x-amzn-query-error", `${error.queryCode};Sender`);
  send(response, service, error.status, {
    __type: `${service.errorNamespace}#${error.code}`,
    message: error.message,
  });
}

function send(response: ServerResponse, service: AwsJsonService, status: number, answer: object) {
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(status, {
    "content-type": `application/x-amz-json-${service.protocol}`,
    "content-length": body.length,
    "x-amzn-requestid": randomUUID(),
  });
  response.end(body);
}
