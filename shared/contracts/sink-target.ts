import { z } from "zod";

/** Roles that we may take on begin so: a role of anything else is out of our reach. */
export const sinkRolePrefix = "wafleet-sink-";

const queueOrBus =
  /^arn:(aws(?:-[a-z]+)*):(?:sqs:([a-z0-9-]+):(\d{12}):([A-Za-z0-9_-]{1,75}(?:\.fifo)?)|events:([a-z0-9-]+):\d{12}:event-bus\/[A-Za-z0-9._/-]{1,256})$/;

const role = new RegExp(
  `^arn:aws(?:-[a-z]+)*:iam::\\d{12}:role/${sinkRolePrefix}[A-Za-z0-9+=,.@_-]{1,51}$`,
);

export const sinkRoleSchema = z
  .string()
  .max(2048)
  .regex(
    role,
    `must be the ARN of an IAM role without a path whose name begins with ${sinkRolePrefix}`,
  );

/** A queue or a bus of somebody's AWS account. */
export type SinkTarget = { kind: "queue"; region: string; url: string } | BusTarget;

type BusTarget = { kind: "bus"; region: string; arn: string };

export function isArn(text: string): boolean {
  return text.startsWith("arn:");
}

/** Undefined when the text is the ARN of neither. */
export function findSinkTarget(arn: string): SinkTarget | undefined {
  const [, partition, queueRegion, account, name, busRegion] = queueOrBus.exec(arn) ?? [];
  if (busRegion !== undefined) return { kind: "bus", region: busRegion, arn };
  if (queueRegion === undefined) return undefined;
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const url = `https://sqs.${queueRegion}.${domain}/${account}/${name}`;
  return { kind: "queue", region: queueRegion, url };
}
