/** The same value with bytes as base64, for JSON. */
export const toPlain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== "object" || value === null) return value;
  // Protobuf messages know best how to write their own integers and bytes.
  if ("toJSON" in value && typeof value.toJSON === "function") return value.toJSON() as unknown;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toPlain(each)]));
};
