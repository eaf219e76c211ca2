import type { SQSRecord } from "aws-lambda";
import { expect, test } from "vitest";
import { makeEvent, receivedDraft, toRecord } from "#functions/test/events.ts";
import { context } from "#functions/test/start-system.ts";
import { newId } from "#shared/ids.ts";
import { answer, startReceiver } from "./start-receiver.ts";
import { startWebhooks } from "./start-webhooks.ts";
import type { Webhooks } from "./start-webhooks.ts";

/** The same figures each time, so that a failure can be looked at. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const again =
  (count: number) =>
  (record: SQSRecord): SQSRecord => ({
    ...record,
    attributes: { ...record.attributes, ApproximateReceiveCount: String(count) },
  });

const operations = ["PutItem", "GetItem", "Query", "UpdateItem"];

test.each([1, 2, 3, 4, 5, 6])(
  "stores that fail at random lose no event and mix no order (%i)",
  async (seed) => {
    const random = seeded(seed);
    await using hooks = await startWebhooks();
    await using receiver = await startReceiver();
    const session = hooks.owner;
    const { id } = await hooks.create(receiver.url, { sessionId: session.sessionId });
    receiver.behave((response) => answer(random() < 0.15 ? 500 : 200)(response, {} as never));
    const events = Array.from({ length: 25 }, (_, i) =>
      makeEvent(session, `1.${i + 2}`, receivedDraft(newId("message"), `m${i}`)),
    );
    for (let rest = events; rest.length > 0;) {
      const size = 1 + Math.floor(random() * 4);
      const some = rest.slice(0, size);
      rest = rest.slice(size);
      let left = some.map((event) => toRecord(session, [event]));
      for (let count = 2; left.length > 0; count += 1) {
        maybeBreak(hooks, random);
        const { batchItemFailures } = await hooks.dispatch({ Records: left }, context);
        hooks.dynamodb.faults.clear();
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        left = left.filter(({ messageId }) => failed.has(messageId)).map(again(count));
      }
      maybeBreak(hooks, random);
      await hooks.run();
      hooks.dynamodb.faults.clear();
      await hooks.pass(6_000);
    }
    receiver.behave(answer(200));
    for (let i = 0; i < 6; i += 1) await hooks.pass(10 * 60_000);
    const firsts = [...new Set(receiver.ids())];
    expect(firsts).toEqual(events.map((event) => event.id));
    expect(await hooks.deliveries(id, { status: "succeeded" })).toHaveLength(25);
  },
);

/** One request to the store fails, before or after its work was done. */
function maybeBreak({ dynamodb }: Webhooks, random: () => number): void {
  if (random() < 0.4) return;
  const operation = operations[Math.floor(random() * operations.length)] ?? "PutItem";
  const kind = random() < 0.5 ? "refuse" : "drop-answer";
  dynamodb.faults.add({ kind, operation, times: 1, probability: 0.5 });
}

test("work that is delivered twice sends nothing twice", async () => {
  await using hooks = await startWebhooks();
  await using receiver = await startReceiver();
  const session = hooks.owner;
  await hooks.create(receiver.url, { sessionId: session.sessionId });
  const event = makeEvent(session, "1.2", receivedDraft(newId("message"), "hi"));
  const record = toRecord(session, [event]);
  await hooks.dispatch({ Records: [record] }, context);
  await hooks.dispatch({ Records: [again(2)(record)] }, context);
  await hooks.run();
  await hooks.run();
  expect(receiver.ids()).toEqual([event.id]);
});
