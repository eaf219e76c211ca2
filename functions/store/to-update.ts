import type { Change } from "./items.ts";

/** An update that sets these attributes; null removes one. */
export function toUpdate(attributes: Record<string, unknown>): Change {
  const entries = Object.entries(attributes);
  const set = entries.filter(([, value]) => value !== null);
  const removed = entries.filter(([, value]) => value === null);
  const parts = [
    set.length > 0 ? `SET ${set.map(([name]) => `#${name} = :${name}`).join(", ")}` : "",
    removed.length > 0 ? `REMOVE ${removed.map(([name]) => `#${name}`).join(", ")}` : "",
  ];
  return {
    UpdateExpression: parts.join(" ").trim(),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    // DynamoDB refuses an empty map of values.
    ...(set.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(
        set.map(([name, value]) => [`:${name}`, value]),
      ),
    }),
  };
}
