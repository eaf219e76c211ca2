import type { MessageContent } from "#shared/contracts/message-content.ts";

/** What kind of message it is and how large its file, for whoever counts. */
export function sizeUp(content: MessageContent): { kind: string; size?: number } {
  const part: unknown = (content as Record<string, unknown>)[content.type];
  const size = typeof part === "object" && part !== null && "size" in part ? part.size : undefined;
  return { kind: content.type, ...(typeof size === "number" && { size }) };
}
