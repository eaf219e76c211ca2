import type { Meter } from "#local/stand-in/meter.ts";
import type { Answer, Engine } from "./engine.ts";
import type { ItemLocks } from "./item-locks.ts";
import { meteredRead } from "./metered-read.ts";
import { meteredWrite } from "./metered-write.ts";
import { answerTimeToLive, forgetTimeToLive } from "./time-to-live.ts";

const reads = new Set(["GetItem", "BatchGetItem", "Query", "Scan"]);
const writes = new Set(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"]);
const timeToLive = new Set(["UpdateTimeToLive", "DescribeTimeToLive"]);

/** Runs one API operation and counts it. */
export async function answerOperation(
  deps: { engine: Engine; locks: ItemLocks; meter: Meter },
  operation: string,
  input: Record<string, unknown>,
): Promise<Answer> {
  deps.meter.add(`dynamodb.${operation}`);
  if (writes.has(operation)) return meteredWrite(deps, operation, input);
  if (reads.has(operation)) return meteredRead(deps, operation, input);
  if (timeToLive.has(operation)) return answerTimeToLive(deps.engine, operation, input);
  const answer = await deps.engine.run(operation, input);
  if (operation === "DeleteTable" && answer.status === 200) {
    await forgetTimeToLive(deps.engine, String(input["TableName"]));
  }
  return answer;
}

export function isKnownOperation(engine: Engine, operation: string): boolean {
  return engine.knows(operation) || timeToLive.has(operation);
}

/** Data operations run out of throughput; table operations are limited by their rate. */
export function throttledAnswer(operation: string): Answer {
  if (reads.has(operation) || writes.has(operation)) {
    return {
      status: 400,
      body: {
        __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        message:
          "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
      },
    };
  }
  return {
    status: 400,
    body: { __type: "com.amazon.coral.availability#ThrottlingException", message: "Rate exceeded" },
  };
}
