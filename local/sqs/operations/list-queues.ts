import type { ListQueuesCommandInput } from "@aws-sdk/client-sqs";
import type { Broker } from "../broker.ts";
import { toQueueUrl } from "../queue-url.ts";

export function listQueues(broker: Broker, input: ListQueuesCommandInput): object {
  const names = [...broker.queues.keys()]
    .filter((name) => name.startsWith(input.QueueNamePrefix ?? ""))
    .sort();
  const from = input.NextToken ? names.findIndex((name) => name > (input.NextToken ?? "")) : 0;
  const page = from < 0 ? [] : names.slice(from, from + (input.MaxResults ?? 1000));
  const more = input.MaxResults !== undefined && from + page.length < names.length;
  return {
    ...(page.length > 0 && { QueueUrls: page.map((name) => toQueueUrl(broker, name)) }),
    ...(more && { NextToken: page.at(-1) }),
  };
}
