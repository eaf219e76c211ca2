import { requireQueue, type Broker } from "../broker.ts";
import { sizeOf, type Outgoing } from "../outgoing.ts";
import { send } from "../send.ts";
import type { Call } from "../../stand-in/aws-json-server.ts";

type Input = Outgoing & { QueueUrl?: string };

export function sendMessage(broker: Broker, input: Input, call: Call): object {
  const queue = requireQueue(broker, input.QueueUrl);
  call.payloadBytes += sizeOf(input);
  return send(broker, queue, input);
}
