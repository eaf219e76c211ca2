import { once } from "node:events";
import { expect, test, vi } from "vitest";
import type { EventStream } from "../events/open-event-stream.ts";
import { eventAt, startEvents } from "./start-events.ts";

const until = <Value>(look: () => Value) => expect.poll(look, { interval: 5 });

/** The nth connection once it has asked for something. */
async function connection(server: Awaited<ReturnType<typeof startEvents>>, index: number) {
  await until(() => server.connections[index]?.requests.length ?? 0).toBeGreaterThan(0);
  const found = server.connections[index];
  if (!found) throw new Error("it did not connect");
  return found;
}

const events = (source: string, replay: boolean, ...cursors: string[]) => ({
  type: "socket.events",
  source,
  replay,
  events: cursors.map((cursor) => eventAt(cursor, source)),
});

test("after a cut it asks for what came after the last event, and hands on nothing twice", async () => {
  const server = await startEvents();
  const states: string[] = [];
  const { stream, got } = server.open({ onState: (state) => states.push(state) });
  const { session } = server;
  const first = await connection(server, 0);
  expect(first.requests[0]).toMatchObject({ action: "subscribe", after: {}, from: "now" });
  first.send({ type: "socket.subscribed", sessions: null, cursors: { [session]: "1.9" } });
  first.send(events(session, false, "1.10", "1.11"));
  await until(() => got).toEqual(["1.10", "1.11"]);
  first.socket.terminate();

  const second = await connection(server, 1);
  const wanted = { after: { [session]: "1.11" }, from: "start" };
  expect(second.requests[0]).toMatchObject(wanted);
  second.send({ type: "socket.subscribed", sessions: null, cursors: wanted.after });
  second.send(events(session, false, "2.2"));
  second.send({ type: "socket.resumed", source: session, recovered: true, oldest: "1.1" });
  second.send(events(session, true, "1.11", "1.12", "2.1"));
  second.send({ type: "socket.caught_up", source: session, cursor: "2.1" });
  await until(() => got).toEqual(["1.10", "1.11", "1.12", "2.1", "2.2"]);
  expect(stream.cursors()).toEqual({ [session]: "2.2" });
  expect(states).toEqual(["connecting", "live", "connecting", "catching_up", "live"]);
});

test("what overtakes the answer to the subscription waits for it", async () => {
  const server = await startEvents();
  const { got } = server.open();
  const only = await connection(server, 0);
  only.send(events(server.session, false, "1.3"));
  const cursors = { [server.session]: "1.2", ses_empty: "0.0" };
  only.send({ type: "socket.subscribed", sessions: null, cursors });
  only.send(events("ses_new", false, "1.1"));
  only.send(events("ses_empty", false, "1.2"));
  await until(() => got).toEqual(["1.3", "1.1", "1.2"]);
});

test("a position that is older than what is kept is told, and what is kept follows", async () => {
  const server = await startEvents();
  const { session } = server;
  const onGap = vi.fn();
  const onCaughtUp = vi.fn();
  const { got } = server.open({ after: { [session]: "1.1" }, onGap, onCaughtUp });
  const only = await connection(server, 0);
  expect(only.requests[0]).toMatchObject({ after: { [session]: "1.1" }, from: "start" });
  only.send({ type: "socket.subscribed", sessions: null, cursors: { [session]: "1.1" } });
  only.send({ type: "socket.resumed", source: session, recovered: false, oldest: "3.5" });
  only.send(events(session, true, "3.5"));
  only.send({ type: "socket.caught_up", source: session, cursor: "3.5" });
  await until(() => got).toEqual(["3.5"]);
  expect(onGap.mock.calls).toEqual([[{ source: session, oldest: "3.5" }]]);
  await until(() => onCaughtUp.mock.calls).toEqual([[session]]);
});

test("a long replay is asked for piece by piece", async () => {
  const server = await startEvents();
  const { session } = server;
  const { got } = server.open({ after: { [session]: "1.1" } });
  const only = await connection(server, 0);
  only.send({ type: "socket.subscribed", sessions: null, cursors: { [session]: "1.1" } });
  only.send(events(session, true, "1.2"));
  only.send({ type: "socket.more", source: session, cursor: "1.2" });
  await until(() => only.requests[1]).toEqual({ action: "resume", after: { [session]: "1.2" } });
  only.send(events(session, true, "1.3"));
  only.send({ type: "socket.caught_up", source: session, cursor: "1.3" });
  await until(() => got).toEqual(["1.2", "1.3"]);
});

test("a missed tail is noticed by the heartbeat and asked for", async () => {
  const server = await startEvents();
  const { session } = server;
  // What is missed is asked for so long after the answer; the next heartbeat, unanswered, would cut
  // the connection. Between them must be time enough for the events.
  const { got } = server.open({ timing: { heartbeatMs: 2_000, answerMs: 1_000 } });
  const only = await connection(server, 0);
  only.send({ type: "socket.subscribed", sessions: null, cursors: { [session]: "1.1" } });
  await until(() => only.requests.some(({ action }) => action === "heartbeat")).toBe(true);
  only.send({ type: "socket.heartbeat", at: "", cursors: { [session]: "1.2" } });
  await until(() => only.requests.find(({ action }) => action === "resume")).toEqual({
    action: "resume",
    after: { [session]: "1.1" },
  });
  only.send(events(session, true, "1.2"));
  await until(() => got).toEqual(["1.2"]);
});

test("a server that answers no heartbeat is left, and a connection that grows old is renewed", async () => {
  const silent = await startEvents();
  silent.open({ timing: { heartbeatMs: 10, answerMs: 200, firstWaitMs: 10, maxWaitMs: 100 } });
  (await connection(silent, 0)).send({ type: "socket.subscribed", sessions: null, cursors: {} });
  await connection(silent, 1);

  const old = await startEvents();
  // Longer than a slow machine takes to connect: it would grow old before it is there.
  old.open({ timing: { renewMs: 1_000, firstWaitMs: 600_000, maxWaitMs: 600_000 } });
  (await connection(old, 0)).send({ type: "socket.subscribed", sessions: null, cursors: {} });
  await connection(old, 1);
});

test("a key that was revoked ends it, and says why", async () => {
  const server = await startEvents();
  const { stream } = server.open();
  const only = await connection(server, 0);
  server.ticket.status = 401;
  only.send({ type: "socket.closing", reason: "credential_ended" });
  only.socket.close();
  await expect(stream.ended).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
  expect(server.connections).toHaveLength(1);
});

test("a subscription that is refused ends it; one that cannot be served now is tried again", async () => {
  const server = await startEvents();
  const { stream } = server.open({ sessions: [server.session] });
  const busy = { code: "unavailable", status: 503, detail: "Later.", retryable: true };
  (await connection(server, 0)).send({ type: "socket.refused", problem: busy });
  const second = await connection(server, 1);
  const foreign = { code: "not_found", status: 404, detail: "No such session.", retryable: false };
  second.send({ type: "socket.refused", problem: foreign });
  await expect(stream.ended).rejects.toMatchObject({ code: "not_found" });
});

test("an event whose handling failed is where the next stream begins", async () => {
  const server = await startEvents();
  const { session } = server;
  const { stream } = server.open({
    onEvent: ({ cursor }) => {
      if (cursor === "1.3") throw new Error("the disk is full");
    },
  });
  const only = await connection(server, 0);
  only.send({ type: "socket.subscribed", sessions: null, cursors: { [session]: "1.1" } });
  only.send(events(session, false, "1.2", "1.3"));
  await expect(stream.ended).rejects.toThrow("the disk is full");
  expect(stream.cursors()).toEqual({ [session]: "1.2" });
});

test.each<[string, (stream: EventStream, controller: AbortController) => void]>([
  ["close", (stream) => stream.close()],
  ["its signal", (_stream, controller) => controller.abort()],
])("%s ends it after the event at hand, which does not come again", async (_what, end) => {
  const server = await startEvents();
  const { session } = server;
  const controller = new AbortController();
  const got: string[] = [];
  const { stream } = server.open({
    signal: controller.signal,
    onEvent: ({ cursor }) => {
      got.push(cursor);
      if (cursor === "1.2") end(stream, controller);
    },
  });
  const only = await connection(server, 0);
  only.send({ type: "socket.subscribed", sessions: null, cursors: { [session]: "1.1" } });
  only.send(events(session, false, "1.2", "1.3", "1.4"));
  await stream.ended;
  expect(got).toEqual(["1.2"]);
  expect(stream.cursors()).toEqual({ [session]: "1.2" });
});

test("its signal ends it, however long it would wait before it connects again", async () => {
  const server = await startEvents();
  const controller = new AbortController();
  const { stream } = server.open({
    signal: controller.signal,
    timing: { firstWaitMs: 600_000, maxWaitMs: 600_000 },
  });
  const only = await connection(server, 0);
  only.send({ type: "socket.subscribed", sessions: null, cursors: {} });
  const cut = once(only.socket, "close");
  only.socket.close();
  await cut;
  controller.abort();
  await stream.ended;
  expect(server.connections).toHaveLength(1);
});

test("events are handed on one at a time, and closing ends it", async () => {
  const server = await startEvents();
  const { session } = server;
  let busy = 0;
  const most: number[] = [];
  const { stream } = server.open({
    onEvent: async () => {
      busy += 1;
      most.push(busy);
      await new Promise(setImmediate);
      busy -= 1;
    },
  });
  const only = await connection(server, 0);
  only.send({ type: "socket.subscribed", sessions: null, cursors: { [session]: "1.0" } });
  for (let seq = 1; seq <= 20; seq += 1) only.send(events(session, false, `1.${seq}`));
  await until(() => most.length).toBe(20);
  expect(Math.max(...most)).toBe(1);
  stream.close();
  await stream.ended;
});
