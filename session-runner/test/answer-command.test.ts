import { expect, test } from "vitest";
import type { CommandOf } from "#shared/contracts/command.ts";
import { newId } from "#shared/ids.ts";
import { answerCommand, refuseQuestion } from "../session/answer-command.ts";
import type { Reply, ReplyStore } from "../session/reply-store.ts";
import type { Engine } from "../whatsapp/engine.ts";

type Asked = CommandOf<"session.ask.v1">;

const createGroup: Asked["question"] = { kind: "group.create", subject: "Compilers", members: [] };
const listGroups: Asked["question"] = { kind: "group.list" };

function ask(question: Asked["question"]): Asked {
  const ids = { sessionId: newId("session"), accountId: newId("account"), requestId: "test" };
  const replyId = newId("reply");
  return { ...ids, type: "session.ask.v1", replyId, question, expiresAt: 60_000 };
}

/** The fleet table's one item of a question. */
function createReplies() {
  let item: Reply | undefined;
  const store: ReplyStore = {
    async begin() {
      if (item) return false;
      item = { status: "begun" };
      return true;
    },
    async conclude(_asked, reply) {
      item = reply;
    },
    async concludeOpen(_asked, reply) {
      if (!item || item.status === "begun") item = reply;
    },
  };
  return { deps: { replies: store, now: () => 0 }, reply: () => item };
}

function engineThat(answer: () => Promise<object>, isOpen = true) {
  let asked = 0;
  const engine = {
    isOpen: () => isOpen,
    ask: () => {
      asked += 1;
      return answer();
    },
  } as unknown as Engine;
  return { engine, asked: () => asked };
}

test("a group whose making a crash cut short is not made again: its outcome is unknown", async () => {
  const { deps, reply } = createReplies();
  const asked = ask(createGroup);
  const died = engineThat(() => new Promise(() => undefined));
  void answerCommand(deps, asked, async () => died.engine);
  await expect.poll(died.asked).toBe(1);

  const next = engineThat(async () => ({ id: "another group" }));
  await answerCommand(deps, asked, async () => next.engine);
  expect(next.asked()).toBe(0);
  expect(reply()).toMatchObject({ status: "failed", code: "outcome_unknown" });
});

test("a question that changes nothing is asked again on the next connection", async () => {
  const { deps, reply } = createReplies();
  const cut = engineThat(() => Promise.reject(new Error("Connection Closed")), false);
  const next = engineThat(async () => ({ data: [] }));
  const engines = [cut.engine, next.engine];
  await answerCommand(deps, ask(listGroups), async () => engines.shift());
  expect(reply()).toEqual({ status: "answered", answer: '{"data":[]}' });
});

test("what WhatsApp refuses is said to be refused, with its code", async () => {
  const { deps, reply } = createReplies();
  const refusal = Object.assign(new Error("forbidden"), { data: 403 });
  const refused = engineThat(() => Promise.reject(refusal));
  await answerCommand(deps, ask(createGroup), async () => refused.engine);
  expect(reply()).toMatchObject({ status: "failed", code: "refused_by_whatsapp" });
  expect(reply()?.detail).toContain("403");
});

test("an answer that is there stays when the command comes again", async () => {
  const { deps, reply } = createReplies();
  const asked = ask(createGroup);
  const made = engineThat(async () => ({ id: "group" }));
  await answerCommand(deps, asked, async () => made.engine);
  await answerCommand(deps, asked, async () => made.engine);
  await refuseQuestion(deps, asked);
  expect(made.asked()).toBe(1);
  expect(reply()).toMatchObject({ status: "answered" });
});
