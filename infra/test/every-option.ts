import type { WafleetProps } from "../wafleet-props.ts";

/** All that a fleet may have beyond the defaults; the console's folder apart. */
export const everyOption: WafleetProps = {
  natGateways: 1,
  queueConcurrency: 200,
  sinkBusArn: "arn:aws:events:eu-west-1:222222222222:event-bus/all",
  sinkQueueArn: "arn:aws:sqs:eu-west-1:222222222222:all.fifo",
  spot: true,
  tracing: true,
  socketLogs: true,
  alarmEmail: "on-call@example.com",
  firewall: true,
  domain: {
    name: "wa.example.com",
    certificateArn: "arn:aws:acm:us-east-1:111111111111:certificate/0",
    hostedZone: { id: "Z0123456789", name: "example.com" },
  },
};
