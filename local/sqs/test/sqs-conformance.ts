import { afterAll, beforeAll, describe } from "vitest";
import { batchConformance } from "./batch-conformance.ts";
import { deadLetterConformance } from "./dead-letter-conformance.ts";
import { deduplicationConformance } from "./deduplication-conformance.ts";
import { fifoConformance } from "./fifo-conformance.ts";
import { messageConformance } from "./message-conformance.ts";
import { queueConformance } from "./queue-conformance.ts";
import { standardConformance } from "./standard-conformance.ts";
import type { Subject } from "./subject.ts";
import { deleteTestQueues } from "./test-queue.ts";

/** What SQS does, told through the SDK alone, so that AWS itself can be asked the same. */
export function sqsConformance(
  title: string,
  connect: () => Promise<Subject>,
  timeout = 60_000,
): void {
  describe(title, { timeout }, () => {
    let subject: Subject | undefined;
    beforeAll(async () => {
      subject = await connect();
    });
    afterAll(async () => {
      if (subject) await deleteTestQueues(subject);
      await subject?.stop();
    });
    const current = () => {
      if (!subject) throw new Error("the subject is connected before the first test");
      return subject;
    };
    describe("queues", () => queueConformance(current));
    describe("standard queues", () => standardConformance(current));
    describe("FIFO queues", () => fifoConformance(current));
    describe("deduplication", () => deduplicationConformance(current));
    describe("dead-letter queues", () => deadLetterConformance(current));
    describe("batches", () => batchConformance(current));
    describe("messages", () => messageConformance(current));
  });
}
