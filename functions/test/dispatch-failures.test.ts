import type { SQSEvent } from "aws-lambda";
import { startQueuePoller } from "#local/lambda/start-queue-poller.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { newId } from "#shared/ids.ts";
import { queues } from "#shared/resources/queues.ts";
import { expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, receivedDraft, recordOf } from "./events.ts";
import { statusDraft, toRecord } from "./events.ts";
import type { Owner } from "./events.ts";
import { publishEvents } from "./publish-events.ts";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";
import { withSession } from "./with-session.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
let owner: Owner;
withSession((scene) => ({ system, tenant, owner } = scene));

const on = () => ({ token: tenant.token, params: { sessionId: owner.sessionId } });

const statusNow = async () => (await system.call("getSession", on())).body.status;

test("one record that nobody understands does not stop what came before it", async () => {
  const good = makeEvent(owner, "1.2", receivedDraft(newId("message"), "hi"));
  const bad = recordOf("{}", owner.sessionId);
  const late = makeEvent(owner, "1.3", receivedDraft(newId("message"), "later"));
  const Records = [toRecord(owner, [good]), bad, toRecord(owner, [late])];
  const { batchItemFailures } = await system.dispatch({ Records }, context);
  const left = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  expect(left).toEqual(Records.slice(1).map(({ messageId }) => messageId));
  const { body } = await system.call("listEvents", { ...on(), query: { after: "1.1" } });
  expect(body.data).toEqual([good]);
});

test("a failure holds back what follows in its session, and nothing of other sessions", async () => {
  const other = await createSessionIn(system, tenant, "active", "Other");
  const bad = recordOf('{"type":"events.append.v9"}', owner.sessionId);
  const after = toRecord(owner, [makeEvent(owner, "1.3", statusDraft("error"))]);
  const before = toRecord(owner, [makeEvent(owner, "1.2", statusDraft("reconnecting"))]);
  const elsewhere = toRecord(other, [makeEvent(other, "1.2", statusDraft("error"))]);
  const { batchItemFailures } = await system.dispatch(
    { Records: [before, bad, elsewhere, after] },
    context,
  );
  expect(batchItemFailures.map((failure) => failure.itemIdentifier)).toEqual([
    bad.messageId,
    after.messageId,
  ]);
  expect(await statusNow()).toBe("reconnecting");
  const params = { sessionId: other.sessionId };
  const found = await system.call("getSession", { token: tenant.token, params });
  expect(found.body.status).toBe("error");
});

test("a store failure in the middle is made good by the next delivery", async () => {
  const event = makeEvent(owner, "1.2", statusDraft("error"));
  system.dynamodb.faults.add({ kind: "refuse", operation: "UpdateItem", times: 1 });
  const { batchItemFailures } = await system.dispatch(
    { Records: [toRecord(owner, [event])] },
    context,
  );
  expect(batchItemFailures).toHaveLength(1);
  expect(await statusNow()).toBe("active");
  await system.dispatch({ Records: [toRecord(owner, [event], 2)] }, context);
  expect(await statusNow()).toBe("error");
});

test("what a store refuses for a moment comes again in a moment, and nothing overtakes it", async () => {
  const { client } = system.commands;
  const events = [2, 3, 4].map((seq) =>
    makeEvent(owner, `1.${seq}`, receivedDraft(newId("message"), "hi")),
  );
  const queue = { client, url: system.eventsUrl };
  const receiveCounts: string[] = [];
  for (const event of events) await publishEvents(queue, owner, [event]);
  system.dynamodb.faults.add({ kind: "throttle", operation: "PutItem", times: 1 });
  const poller = startQueuePoller({
    client,
    queueUrl: queue.url,
    lambda: "dispatch",
    batchSize: 10,
    invoke: (_lambda, event) => {
      const { Records } = event as SQSEvent;
      receiveCounts.push(Records[0]?.attributes.ApproximateReceiveCount ?? "");
      return system.dispatch({ Records }, context);
    },
  });
  const logged = async () =>
    (await system.call("listEvents", { ...on(), query: { after: "1.1" } })).body.data;
  // By itself the queue would wait for 30 seconds.
  await expect.poll(logged).toEqual(events);
  await poller.stop();
  expect(receiveCounts.slice(0, 2)).toEqual(["1", "2"]);
});

test("more than an item holds about one message stops nothing that comes after it", async () => {
  const messageId = newId("message");
  const received = makeEvent(owner, "1.2", receivedDraft(messageId, "x".repeat(230_000)));
  const { chat, from } = received.data as EventOf<"message.received">["data"];
  const edited = makeEvent(owner, "1.3", {
    type: "message.edited",
    data: {
      messageId,
      whatsappId: "3A0011",
      chat,
      from,
      fromMe: false,
      body: "y".repeat(230_000),
      editedAt: received.at,
    },
  });
  const status = makeEvent(owner, "1.4", statusDraft("error"));
  for (const event of [received, edited, status]) {
    expect(await dispatchEvents(system, owner, event)).toEqual([]);
  }
  const { body } = await system.call("listEvents", { ...on(), query: { after: "1.1" } });
  expect(body.data).toEqual([received, edited, status]);
  expect(await statusNow()).toBe("error");
});

test("what is given up goes alone: what came behind it is dispatched", async () => {
  const bad = recordOf(
    '{"type":"events.append.v9"}',
    owner.sessionId,
    queues.events.maxReceiveCount,
  );
  const event = makeEvent(owner, "1.3", statusDraft("error"));
  const behind = toRecord(owner, [event], queues.events.maxReceiveCount);
  const { batchItemFailures } = await system.dispatch({ Records: [bad, behind] }, context);
  expect(batchItemFailures).toEqual([{ itemIdentifier: bad.messageId }]);
  expect(await statusNow()).toBe("error");
});
