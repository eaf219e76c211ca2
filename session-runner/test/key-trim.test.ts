import { expect, test } from "vitest";
import { trimSenderKey, trimSession } from "../whatsapp/key-trim.ts";

const entry = (closed: number) => ({ indexInfo: { closed, used: closed } });

test("of a session record the open session and the newest archived ones stay", () => {
  const archived = Array.from({ length: 40 }, (_, i) => [`old${i}`, entry(i + 1)] as const);
  const record = {
    version: "v1",
    _sessions: Object.fromEntries([...archived, ["open", entry(-1)]]),
  };
  const kept = Object.keys((trimSession(record) as typeof record)._sessions);
  expect(kept.sort()).toEqual(["old36", "old37", "old38", "old39", "open"]);
});

test("own sender keys lose the message keys that nobody needs, others keep them", () => {
  const keys = [{ iteration: 1, seed: "x" }];
  const own = [{ senderSigningKey: { private: "k" }, senderMessageKeys: keys }];
  const other = [{ senderSigningKey: { private: "" }, senderMessageKeys: keys }];
  expect(JSON.parse(trimSenderKey(JSON.stringify(own)))[0].senderMessageKeys).toEqual([]);
  expect(JSON.parse(trimSenderKey(JSON.stringify(other)))[0].senderMessageKeys).toEqual(keys);
});
