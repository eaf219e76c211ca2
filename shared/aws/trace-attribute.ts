import type { MessageSystemAttributeValue } from "@aws-sdk/client-sqs";

type TraceAttribute = {
  MessageSystemAttributes?: { AWSTraceHeader: MessageSystemAttributeValue };
};

/** Takes a trace through a queue: SQS bills nothing for it, and X-Ray joins both ends. */
export function traceAttribute(trace: string | undefined): TraceAttribute {
  if (trace === undefined) return {};
  return {
    MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } },
  };
}
