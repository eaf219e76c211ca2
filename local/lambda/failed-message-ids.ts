/**
 * Reads which messages of a batch a function reports as failed (`batchItemFailures`). A report that
 * Lambda would not understand fails the whole batch.
 */
export function failedMessageIds(result: unknown, messageIds: string[]): Set<string> {
  const report = isRecord(result) ? result["batchItemFailures"] : undefined;
  if (report === undefined || report === null) return new Set();
  if (!Array.isArray(report)) return new Set(messageIds);
  const failed = report.map((entry: unknown) =>
    isRecord(entry) ? entry["itemIdentifier"] : undefined,
  );
  const known = failed.filter(
    (id): id is string => typeof id === "string" && messageIds.includes(id),
  );
  return new Set(known.length === failed.length ? known : messageIds);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
