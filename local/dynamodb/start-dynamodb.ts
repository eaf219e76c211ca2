import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { createFaults } from "#local/stand-in/faults.ts";
import { startHttpServer } from "#local/stand-in/http-server.ts";
import { faultAfter, faultBefore } from "#local/stand-in/inject-faults.ts";
import { createMeter } from "#local/stand-in/meter.ts";
import { readBody } from "#local/stand-in/read-body.ts";
import type { StandIn, StandInOptions } from "#local/stand-in/stand-in.ts";
import { answerOperation, isKnownOperation, throttledAnswer } from "./answer-operation.ts";
import { createMissingTables } from "./create-missing-tables.ts";
import { type Answer, openEngine } from "./engine.ts";
import { createItemLocks } from "./item-locks.ts";
import type { TableSpec } from "./table-spec.ts";
import { sweepExpired } from "./time-to-live.ts";

export type LocalDynamodb = StandIn & {
  /** Deletes items whose expiry lies before `now` (milliseconds); resolves with how many. */
  sweepExpired(now: number): Promise<number>;
};

/** A local DynamoDB that counts read and write units as AWS bills them, index writes included. */
export async function startDynamodb(
  options: StandInOptions & { tables?: TableSpec[] } = {},
): Promise<LocalDynamodb> {
  const meter = options.meter ?? createMeter();
  const faults = options.faults ?? createFaults();
  const engine = await openEngine(options.dataDir && join(options.dataDir, "dynamodb"));
  const locks = createItemLocks();
  // What the stand-in does by itself is nobody's bill.
  const unbilled = { engine, locks, meter: createMeter() };
  const runUnbilled = (operation: string, input: Record<string, unknown>) =>
    answerOperation(unbilled, operation, input);
  await createMissingTables(engine, runUnbilled, options.tables ?? []);

  async function answer(request: IncomingMessage): Promise<Answer | undefined> {
    const body = (await readBody(request)).toString();
    const operation = /^DynamoDB_20120810\.(\w+)$/.exec(
      String(request.headers["x-amz-target"]),
    )?.[1];
    if (!operation || !isKnownOperation(engine, operation)) {
      return refuse("com.amazon.coral.service#UnknownOperationException");
    }
    if (!request.headers.authorization?.startsWith("AWS4-")) {
      return refuse("com.amazon.coral.service#MissingAuthenticationTokenException");
    }
    const input = parseInput(body);
    if (!input) return refuse("com.amazon.coral.service#SerializationException");
    const fault = await faultBefore(faults, operation, body);
    if (fault === "refuse") return undefined;
    if (fault === "throttle") return throttledAnswer(operation);
    const result = await answerOperation({ engine, locks, meter }, operation, input);
    return faultAfter(faults, operation, body) ? undefined : result;
  }

  const server = await startHttpServer(
    async (request, response) => send(response, await answer(request)),
    options.port,
  );
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= server.stop().then(() => engine.close()));
  return {
    endpoint: server.endpoint,
    faults,
    meter,
    stop,
    sweepExpired: (now) => sweepExpired(engine, (input) => runUnbilled("DeleteItem", input), now),
    [Symbol.asyncDispose]: stop,
  };
}

function send(response: ServerResponse, answer: Answer | undefined): void {
  if (!answer) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    "content-type": "application/x-amz-json-1.0",
    "content-length": Buffer.byteLength(body),
    "x-amz-crc32": crc32(body),
    "x-amzn-requestid": randomUUID(),
  });
  response.end(body);
}

function refuse(type: string): Answer {
  return { status: 400, body: { __type: type, message: "" } };
}

function parseInput(body: string): Record<string, unknown> | undefined {
  try {
    const input: unknown = JSON.parse(body);
    return input && typeof input === "object" ? (input as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
