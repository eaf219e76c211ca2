import { Fault } from "#shared/faults/fault.ts";

/** DynamoDB takes 400 KB an item; what is left is for all that becomes of a message. */
const mostBytes = 300 * 1024;

/** @throws {Fault} `payload_too_large` when no item could hold it */
export function requireStorable<Value>(value: Value): Value {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= mostBytes) return value;
  const detail = `The message says ${bytes} bytes, and ${mostBytes} are allowed. Make it shorter, or several.`;
  throw new Fault("payload_too_large", { detail });
}
