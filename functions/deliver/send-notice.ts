import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { AccountEvent, AccountNotice } from "#shared/contracts/account-event.ts";

/** Puts events of accounts into the events queue, each account's in order. */
export function createSendNotice(
  client: SQSClient,
  url: string,
): (event: AccountEvent) => Promise<void> {
  return async (event) => {
    const notice: AccountNotice = { type: "account.notice.v1", event };
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: JSON.stringify(notice),
        MessageGroupId: event.accountId,
        MessageDeduplicationId: event.id,
      }),
    );
  };
}
