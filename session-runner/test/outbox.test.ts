import { expect, test } from "vitest";
import { Outbox } from "../session/outbox.ts";
import type { Engine } from "../whatsapp/engine.ts";

const closedEngine = {
  send: () => Promise.resolve({ result: "not_sent" }),
} as unknown as Engine;

function message(id: string) {
  const content = { type: "text" as const, text: { body: id } };
  return { messageId: id, whatsappId: id, to: "491600000001@s.whatsapp.net", content };
}

function createOutbox(): Outbox {
  const settle = () => Promise.reject(new Error("nothing was sent"));
  const judge = () => Promise.resolve({ go: true as const });
  return new Outbox({
    settle,
    judge,
    park: () => Promise.resolve(),
    async *list() {},
    onTrouble: () => undefined,
    claim: () => true,
    onOutcome: () => undefined,
    random: () => 0.5,
    now: () => 0,
  });
}

test("a session that ends the moment it is ready holds no message back", async () => {
  const outbox = createOutbox();
  const waiting = outbox.send(message("first"));
  const ended = outbox.end("return");
  outbox.open(closedEngine);
  expect(await waiting).toBe("return");
  expect(await outbox.sendNew(message("second"))).toBe("return");
  await ended;
});
