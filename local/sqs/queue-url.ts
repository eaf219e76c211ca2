import type { Broker } from "./broker.ts";

export function toQueueUrl(broker: Broker, name: string): string {
  return `${broker.endpoint}/000000000000/${name}`;
}
