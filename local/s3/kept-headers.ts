const kept = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

/** The headers of an upload that come back with the object. */
export function keptHeaders(headers: Record<string, string>): Record<string, string> {
  const found = Object.entries(headers).filter(
    ([name]) => kept.includes(name) || name.startsWith("x-amz-meta-"),
  );
  const { "content-encoding": encoding, ...rest } = Object.fromEntries(found);
  // `aws-chunked` describes the transfer, not the object.
  const left = encoding?.split(",").filter((name) => name.trim() !== "aws-chunked") ?? [];
  return {
    "content-type": "application/octet-stream",
    ...rest,
    ...(left.length > 0 && { "content-encoding": left.join(",") }),
  };
}
