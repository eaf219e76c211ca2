import type { MessageHistory } from "./message-histories.ts";
import type { Outcome } from "./outcome.ts";
import { isTooLate } from "./wire-log.ts";

/** What has expired is not sent any more, unless it was on the wire before, and only then. */
export function checkExpiry({ violations }: Outcome, histories: MessageHistory[]): void {
  for (const { message, name, told, frames } of histories) {
    const { expiresAt = Number.POSITIVE_INFINITY } = message;
    const [first] = frames;
    if (first && isTooLate(first, expiresAt)) {
      violations.add("expired", `${name} left ${first.at - expiresAt} ms after its time`);
    }
    for (const { at, data } of told) {
      if (data.reason !== "expired" || Date.parse(at) > expiresAt) continue;
      violations.add("expired", `${name} is said to have expired before its time`);
    }
  }
}
