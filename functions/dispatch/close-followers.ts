import { closeSocket } from "#functions/close-sockets.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import { idSchema } from "#shared/ids.ts";
import type { SQSRecord } from "aws-lambda";
import { z } from "zod";
import type { DispatchDeps } from "./dispatch-deps.ts";

const accountId = idSchema("account");
const bodySchema = z.union([
  z.object({ accountId }),
  z.object({ event: z.object({ accountId }) }).transform(({ event }) => event),
]);

/**
 * Closes the sockets of whoever may have missed what this record holds, now that it is given up: they
 * come back and read it in the log. Later events would have looked like the next ones.
 */
export async function closeFollowers(deps: DispatchDeps, record: SQSRecord): Promise<void> {
  try {
    const { accountId } = bodySchema.parse(JSON.parse(record.body));
    for (const { connectionId } of await subscriptions.ofAccount(deps.control, accountId)) {
      await closeSocket(deps, accountId, connectionId, "fell_behind");
    }
  } catch (error) {
    const { messageId: sqsMessageId } = record;
    deps.log.error({ err: error, sqsMessageId }, "followers of lost events could not be closed");
  }
}
