// Many messages of one session at once, faster than one request each would bring them in.
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import pMap from "p-map";
import { commandGroup } from "#shared/contracts/command.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import type { Outgoing } from "./ledger.ts";
import type { Session } from "./session.ts";
import type { Stage } from "./stage.ts";

/** SQS takes so many messages in one request. */
const atOnce = 10;

/** Above those of all other messages, so that a chat's texts differ, and rise. */
const firstNumber = 1_000_000;

/** Accepts so many messages of one session, in order for each contact. */
export async function acceptBacklog(
  stage: Stage,
  session: Session,
  contacts: Phone[],
  count: number,
): Promise<Outgoing[]> {
  const each = Math.ceil(count / contacts.length);
  const all = await pMap(contacts, async (contact) => {
    const accepted: Outgoing[] = [];
    for (let from = 0; from < each; from += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, each - from) }, (_, i) => {
        const text = `out ${firstNumber + from + i}`;
        const made = session.prepare(`${contact.number}@s.whatsapp.net`, text);
        return { session, contact, text, at: Date.now(), ...made };
      });
      await store(stage, some);
      accepted.push(...some.map(({ item: _item, ...message }) => message));
    }
    return accepted;
  });
  return all.flat();
}

type Prepared = Outgoing & ReturnType<Session["prepare"]>;

async function store(stage: Stage, some: Prepared[]): Promise<void> {
  const messages = some.map(({ item }) => ({ PutRequest: { Item: item } }));
  await stage.database.send(new BatchWriteCommand({ RequestItems: { messages } }));
  await stage.queue.send(
    new SendMessageBatchCommand({
      QueueUrl: stage.sqs.queueUrl(`commands-${some[0]?.session.shard}.fifo`),
      Entries: some.map(({ command, messageId }, i) => ({
        Id: String(i),
        MessageBody: JSON.stringify(command),
        MessageGroupId: commandGroup(command),
        MessageDeduplicationId: messageId,
      })),
    }),
  );
}
