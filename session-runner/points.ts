import { channel } from "node:diagnostics_channel";

/**
 * Labelled points at which a crash must lose nothing. Anyone may subscribe (diagnostics_channel);
 * without a subscriber a point costs one comparison.
 */
export type Point =
  | "append.before"
  | "append.after"
  | "message.on-wire"
  | "event.publish.before"
  | "event.publish.after";

export function reach(point: Point, details: Record<string, unknown>): void {
  const points = channel(`wafleet:runner:${point}`);
  if (points.hasSubscribers) points.publish(details);
}
