import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { createBusSink } from "#functions/sinks/create-bus-sink.ts";
import { createQueueSink } from "#functions/sinks/create-queue-sink.ts";
import type { Sink } from "#functions/sinks/sink.ts";
import { Refused } from "#functions/refused.ts";
import type { AssumedRole, RoleClient } from "#shared/aws/role-credentials.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { findSinkTarget } from "#shared/contracts/sink-target.ts";
import type { PostAnswer } from "./post.ts";
import { toAttemptError } from "./to-attempt-error.ts";

export type SinkRequest = AssumedRole & { arn: string; body: string };

/** Sends an event to a queue or bus of somebody's AWS account; like a post, it never throws. */
export type SendToSink = (request: SinkRequest) => Promise<PostAnswer>;

export type SinkClients = {
  sqs: (as: RoleClient) => SQSClient;
  eventBridge: (as: RoleClient) => EventBridgeClient;
};

/** Each holds a role's credentials, which last an hour, and its connections. */
const heldAtOnce = 200;

export function createSendToSink(clients: SinkClients): SendToSink {
  const held = new Map<string, Sink>();

  function sinkOf({ arn, roleArn, externalId }: SinkRequest): Sink {
    const name = `${externalId} ${roleArn} ${arn}`;
    const sink = held.get(name) ?? openSink(clients, { arn, roleArn, externalId });
    held.delete(name);
    held.set(name, sink);
    const [oldest] = held.keys();
    if (held.size > heldAtOnce && oldest !== undefined) held.delete(oldest);
    return sink;
  }

  return async (request) => {
    try {
      await sinkOf(request)([JSON.parse(request.body) as LoggedEvent]);
      return { status: 200, body: "", isCut: false };
    } catch (error) {
      return toAnswer(error);
    }
  };
}

function openSink(clients: SinkClients, { arn, ...role }: Omit<SinkRequest, "body">): Sink {
  const target = findSinkTarget(arn);
  if (!target) throw new RangeError(`${arn} is no queue and no bus`);
  const as = { role, region: target.region };
  return target.kind === "queue"
    ? createQueueSink(clients.sqs(as), target.url)
    : createBusSink(clients.eventBridge(as), target.arn);
}

/** What AWS said is what the owner of the role has to know. */
function toAnswer(error: unknown): PostAnswer {
  if (error instanceof Refused) return { status: 400, body: error.message, isCut: false };
  const status = statusOf(error);
  if (error instanceof Error && status !== undefined && status >= 300) {
    return { status, body: `${error.name}: ${error.message}`, isCut: false };
  }
  return { error: toAttemptError(error) };
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  return (error.$metadata as { httpStatusCode?: number }).httpStatusCode;
}
