import { AwsError } from "../stand-in/aws-error.ts";
import { sqsError } from "./sqs-error.ts";

type BatchAnswer = {
  Successful: object[];
  Failed: { Id: string; SenderFault: boolean; Code: string; Message: string }[];
};

const MAX_ENTRIES = 10;

/** Runs each entry on its own; what fails is named in the answer and does not stop the others. */
export function runBatch<Entry extends { Id?: string | undefined }>(
  entries: Entry[] | undefined,
  run: (entry: Entry) => object | void,
): BatchAnswer {
  checkEntries(entries ?? []);
  const answer: BatchAnswer = { Successful: [], Failed: [] };
  for (const entry of entries ?? []) {
    const Id = entry.Id ?? "";
    try {
      answer.Successful.push({ Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const Code = error.queryCode ?? error.code;
      answer.Failed.push({ Id, SenderFault: true, Code, Message: error.message });
    }
  }
  return answer;
}

function checkEntries(entries: { Id?: string | undefined }[]): void {
  if (entries.length === 0) {
    throw sqsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  }
  if (entries.length > MAX_ENTRIES) {
    throw sqsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map((entry) => entry.Id ?? "");
  if (!ids.every((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id))) {
    throw sqsError(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw sqsError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
  }
}
