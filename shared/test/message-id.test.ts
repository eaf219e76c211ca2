import * as fc from "fast-check";
import { expect, test } from "vitest";
import { messageIdOf, mintMessageIds } from "#shared/message-id.ts";

const session = "ses_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";
const times = fc.integer({ min: Date.UTC(2021, 0, 1), max: Date.UTC(2050, 0, 1) });
const nonces = fc.integer({ min: 0, max: 2 ** 24 - 1 });

test("our id of a message is computed from WhatsApp's id alone", () => {
  fc.assert(
    fc.property(times, nonces, (now, nonce) => {
      const { messageId, whatsappId } = mintMessageIds(session, now, nonce);
      expect(whatsappId).toMatch(/^3EB0[0-9A-F]{18}$/);
      expect(messageIdOf(session, whatsappId)).toBe(messageId);
    }),
  );
});

test("ids of one millisecond differ, and ids sort by the time of acceptance", () => {
  const ids = new Set(
    Array.from({ length: 1_000 }, (_, i) => mintMessageIds(session, 1.8e12, i).whatsappId),
  );
  expect(ids.size).toBe(1_000);
  const [early, late] = [
    mintMessageIds(session, 1.8e12, 9),
    mintMessageIds(session, 1.8e12 + 1, 1),
  ];
  expect(early.messageId < late.messageId).toBe(true);
});

test("an id that another client minted is not taken for ours", () => {
  const foreign = fc.stringMatching(/^[0-9A-F]{18}$/).map((hex) => `3EB0${hex}`);
  let taken = 0;
  fc.assert(
    fc.property(foreign, (id) => {
      if (messageIdOf(session, id) !== undefined) taken += 1;
    }),
    { numRuns: 1_000 },
  );
  // One in 256 passes the check byte; the dispatcher then finds no such message.
  expect(taken).toBeLessThan(30);
  expect(messageIdOf(session, "AC12")).toBeUndefined();
});

test("consecutive ids share nothing that a server could see a pattern in", () => {
  const a = mintMessageIds(session, 1.8e12, 1).whatsappId;
  const b = mintMessageIds(session, 1.8e12, 2).whatsappId;
  const same = Array.from(a).filter((digit, i) => i >= 4 && digit === b[i]).length;
  expect(same).toBeLessThan(8);
});
