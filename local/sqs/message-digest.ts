import { createHash } from "node:crypto";
import type { MessageAttributes } from "./message.ts";

export function md5(value: string | Buffer): string {
  return createHash("md5").update(value).digest("hex");
}

/**
 * Over the attributes sorted by name: name, type, a byte for the kind of value (1 text, 2 binary)
 * and the value, each with its length before it.
 */
export function md5OfAttributes(attributes: MessageAttributes | undefined): string | undefined {
  const names = Object.keys(attributes ?? {}).sort();
  if (!attributes || names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name];
    const binary = attribute?.BinaryValue !== undefined;
    return [
      ...withLength(Buffer.from(name)),
      ...withLength(Buffer.from(attribute?.DataType ?? "")),
      Buffer.from([binary ? 2 : 1]),
      ...withLength(attributeValue(attribute)),
    ];
  });
  return md5(Buffer.concat(parts));
}

export function attributeValue(attribute: MessageAttributes[string] | undefined): Buffer {
  return attribute?.BinaryValue === undefined
    ? Buffer.from(attribute?.StringValue ?? "")
    : Buffer.from(attribute.BinaryValue, "base64");
}

function withLength(bytes: Buffer): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}
