/** What a value costs beside its text: names, quotes, commas. */
const overhead = 32;

/**
 * The same with no more text and members than fit, first come first kept. Nobody's app writes as much:
 * it is for what somebody sends to do harm, which no queue or table would take.
 */
export function cutToSize<Value>(value: Value, mostBytes: number): Value {
  let left = mostBytes;

  function cutText(text: string): string {
    let kept = text.slice(0, Math.max(0, left));
    // Of what is left over, the half that is kept shrinks until it fits, escapes included.
    while (kept !== "" && bytesOf(kept) > left) kept = kept.slice(0, kept.length >> 1);
    left -= bytesOf(kept);
    return kept.toWellFormed();
  }

  function cut(part: unknown): unknown {
    left -= overhead;
    if (typeof part === "string") return cutText(part);
    if (Array.isArray(part)) {
      const kept: unknown[] = [];
      for (const member of part as unknown[]) if (left > 0) kept.push(cut(member));
      return kept;
    }
    if (!isPlain(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, cut(member)]));
  }

  return cut(value) as Value;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
