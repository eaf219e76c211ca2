import { once } from "node:events";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { companions, startRig } from "./start-rig.ts";
import type { Rig } from "./start-rig.ts";

async function journalRows(rig: Rig, sessionId: string) {
  const { Items = [] } = await rig.database.send(
    new QueryCommand({
      TableName: "journal",
      KeyConditionExpression: "sessionId = :session",
      ExpressionAttributeValues: { ":session": sessionId },
    }),
  );
  return Items;
}

/** What another owner's claim leaves in the journal: behind all rows, whatever is appended meanwhile. */
async function claimAnew(rig: Rig, sessionId: string): Promise<void> {
  for (;;) {
    const last = (await journalRows(rig, sessionId)).at(-1);
    const claim = { kind: "claim", seq: last?.["seq"] + 1, epoch: last?.["epoch"] + 1 };
    const Item = { ...last, ...claim, appendId: "another owner's" };
    const ConditionExpression = "attribute_not_exists(seq)";
    const put = new PutCommand({ TableName: "journal", Item, ConditionExpression });
    const isFirst = await rig.database.send(put).then(
      () => true,
      () => false,
    );
    if (isFirst) return;
  }
}

async function connectToFreshCode(rig: Rig, session: ReturnType<Rig["createSession"]>) {
  const codes = () => session.events().filter(({ type }) => type === "session.qr_code").length;
  const before = codes();
  await session.connect();
  await rig.waitFor("session.qr_code", () => codes() > before);
}

test("disconnect unlinks the device from the phone and deletes the credentials from the store", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  expect(companions(phone)).toHaveLength(1);

  await session.disconnect();
  const { data } = await session.waitForStatus("inactive");
  expect(data.reason).toBe("disconnected_by_user");
  expect(companions(phone)).toEqual([]);
  const rows = await journalRows(rig, session.sessionId);
  // What is left are the head and empty rows, which keep a late owner out.
  const left = rows.filter(({ seq, data }) => seq !== 0 && data.length > 0);
  expect(left).toEqual([]);

  await connectToFreshCode(rig, session);
});

test("an owner that another one has replaced obeys no disconnect: the device stays linked", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  await claimAnew(rig, session.sessionId);
  await session.disconnect();
  await expect
    .poll(() => rig.logs.join(""))
    .toContain("another worker has taken this session over");
  expect(companions(phone)).toHaveLength(1);
  const said = session
    .events()
    .flatMap((event) => ("reason" in event.data ? event.data.reason : []));
  expect(said).not.toContain("disconnected_by_user");
});

test("a message that came while the session was stopped is told when the session is disconnected", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  await session.stop();
  await session.waitForStatus("inactive");
  await contact.say(phone.number, "just before you go");
  await session.disconnect();
  await rig.waitFor("message.received", () =>
    session.events().some(({ type }) => type === "message.received"),
  );
});

test("a stopped session keeps its credentials, and its messages wait until it is connected again", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  await session.stop();
  await session.waitForStatus("inactive");

  const first = await session.say(contact.number, "one");
  const second = await session.say(contact.number, "two");
  await session.connect();
  await session.waitForMessage(first.messageId, "sent");
  await session.waitForMessage(second.messageId, "sent");
  await contact.waitForMessage({ text: "two" });
  expect(contact.received().map(({ text }) => text)).toEqual(["one", "two"]);
  expect(companions(phone)).toHaveLength(1);
});

test("SIGTERM hands the sessions over: the next runner has them active without a scan", async () => {
  await using rig = await startRig();
  const first = await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  const gone = once(first, "exit");
  first.kill("SIGTERM");
  expect(await gone).toEqual([0, null]);

  await rig.startRunner("worker-2");
  const { messageId } = await session.say(contact.number, "from the next worker");
  await session.waitForMessage(messageId, "delivered");
  const conflicts = rig.simulator.history
    .stanzas({ direction: "out", tag: "stream:error" })
    .filter(({ node }) => JSON.stringify(node).includes("conflict"));
  expect(conflicts).toEqual([]);
});

test("a message that had waited is sent and told of once, though the next owner finds it stored as waiting still", async () => {
  await using rig = await startRig();
  const first = await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  await session.stop();
  await session.waitForStatus("inactive");
  const waited = await session.say(contact.number, "waited");
  await session.connect();
  await session.waitForMessage(waited.messageId, "sent");
  const gone = once(first, "exit");
  first.kill("SIGTERM");
  await gone;

  await rig.startRunner("worker-2");
  const next = await session.say(contact.number, "next");
  await session.waitForMessage(next.messageId, "sent");
  const sent = session
    .events()
    .filter(({ type, data }) => type === "message.status" && data.status === "sent");
  expect(sent.map(({ data }) => "messageId" in data && data.messageId)).toEqual([
    waited.messageId,
    next.messageId,
  ]);
});

test("unlinked by the phone, the session is logged out and the next connect shows a fresh code", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  const [device] = companions(phone);
  await phone.unlink(device?.device ?? 0);
  const { data } = await session.waitForStatus("logged_out");
  expect(data.reason).toBe("unlinked_by_phone");
  expect(data.canReconnect).toBe(true);

  await connectToFreshCode(rig, session);
});

test("a code that nobody scans ends after the attempts, and connecting again gives a new one", async () => {
  await using rig = await startRig({
    refTtlMs: 50,
    env: { WAFLEET_PAIRING_ATTEMPTS: "1", WAFLEET_PAIRING_WINDOW_MS: "1500" },
  });
  await rig.startRunner("worker-1");
  const session = rig.createSession();
  await session.connect();
  const { data } = await session.waitForStatus("error");
  expect(data.reason).toBe("qr_limit");
  expect(data.canReconnect).toBe(true);

  await connectToFreshCode(rig, session);
  await session.stop();
  const stopped = await session.waitForReason("stopped_by_user");
  expect(stopped.data).toMatchObject({ attempt: 0, pairingWindowEndsAt: null });
});
