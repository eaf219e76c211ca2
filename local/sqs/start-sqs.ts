import { join } from "node:path";
import { startAwsJsonServer } from "../stand-in/aws-json-server.ts";
import { openChangeLog } from "../stand-in/change-log.ts";
import { createFaults } from "../stand-in/faults.ts";
import type { StandIn, StandInOptions } from "../stand-in/stand-in.ts";
import { openBroker, settle, type Broker } from "./broker.ts";
import { createQueue } from "./operations/create-queue.ts";
import { setQueueAttributes } from "./operations/set-queue-attributes.ts";
import { toQueueArn } from "./queue.ts";
import { toQueueUrl } from "./queue-url.ts";
import { sqsError } from "./sqs-error.ts";
import { sqsOperations } from "./sqs-operations.ts";

/** A queue that is there from the start. A name that ends with `.fifo` makes a FIFO queue. */
export type QueueSpec = {
  name: string;
  attributes?: Record<string, string>;
  /** Has to stand before this one in the list. */
  deadLetterQueue?: { name: string; maxReceiveCount: number };
};

export type SqsStandIn = StandIn & {
  queueUrl: (name: string) => string;
  /** Of a FIFO queue, `visible` counts messages behind one in flight too, as AWS does. */
  depth: (name: string) => { visible: number; inFlight: number };
};

const BILLED_CHUNK_BYTES = 65_536;

/** Starts a local SQS. State in `dataDir` survives a kill -9 at any time. */
export async function startSqs(
  options: StandInOptions & { queues?: QueueSpec[]; now?: () => number } = {},
): Promise<SqsStandIn> {
  const faults = options.faults ?? createFaults();
  const log = openChangeLog(options.dataDir && join(options.dataDir, "sqs.log"));
  const broker = openBroker(log, faults, options.now ?? Date.now);
  for (const spec of options.queues ?? []) declareQueue(broker, spec);
  broker.save();
  const server = await startAwsJsonServer(
    {
      protocol: "1.0",
      target: "AmazonSQS",
      errorNamespace: "com.amazonaws.sqs",
      operations: sqsOperations(broker),
      throttled: () => sqsError("RequestThrottled", "The request was denied: slow down."),
      meterName: "sqs",
      billedRequests: (call) => Math.max(1, Math.ceil(call.payloadBytes / BILLED_CHUNK_BYTES)),
    },
    { ...options, faults },
  );
  broker.endpoint = server.endpoint;
  const stop = async () => {
    await server.stop();
    log.close();
  };
  return {
    ...server,
    stop,
    [Symbol.asyncDispose]: stop,
    queueUrl: (name) => toQueueUrl(broker, name),
    depth: (name) => depth(broker, name),
  };
}

function declareQueue(broker: Broker, spec: QueueSpec): void {
  const attributes = { ...spec.attributes };
  if (spec.name.endsWith(".fifo")) attributes["FifoQueue"] = "true";
  if (spec.deadLetterQueue) {
    attributes["RedrivePolicy"] = JSON.stringify({
      deadLetterTargetArn: toQueueArn(spec.deadLetterQueue.name),
      maxReceiveCount: spec.deadLetterQueue.maxReceiveCount,
    });
  }
  if (broker.queues.has(spec.name)) {
    setQueueAttributes(broker, { QueueUrl: spec.name, Attributes: attributes });
  } else createQueue(broker, { QueueName: spec.name, Attributes: attributes });
}

function depth(broker: Broker, name: string): { visible: number; inFlight: number } {
  const queue = broker.queues.get(name);
  if (!queue) {
    const known = [...broker.queues.keys()].join(", ");
    throw new Error(`There is no queue "${name}". There are: ${known}.`);
  }
  settle(broker, queue);
  broker.save();
  const delayed = [...queue.hidden].filter((entry) => entry.delivery.delayed).length;
  return { visible: queue.line.size, inFlight: queue.hidden.size - delayed };
}
