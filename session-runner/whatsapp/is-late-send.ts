const connectionClosed = 428;

/**
 * Whether this is a send of Baileys' own, which nobody waits for, on a connection that had just ended:
 * nothing is lost by it, and it must not end the process.
 */
export function isLateSend(reason: unknown): boolean {
  if (!(reason instanceof Error) || !("isBoom" in reason) || !("output" in reason)) return false;
  const { output } = reason;
  return (
    typeof output === "object" &&
    output !== null &&
    "statusCode" in output &&
    output.statusCode === connectionClosed
  );
}
