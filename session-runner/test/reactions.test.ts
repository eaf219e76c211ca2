import { expect, test } from "vitest";
import { Reconnection } from "../session/reconnection.ts";

function reconnection() {
  let now = 0;
  const subject = new Reconnection({ now: () => now, random: () => 0.5 });
  return { subject, pass: (ms: number) => (now += ms) };
}

const closed = (code: number, byServer = true) => ({ code, byServer, message: "closed" });

test.for([
  [401, "logged_out", "unlinked_by_phone"],
  [402, "error", "temporarily_banned"],
  [403, "error", "account_locked"],
  [405, "error", "client_outdated"],
  [406, "error", "account_locked"],
  [409, "error", "client_outdated"],
  [411, "error", "multi_device_mismatch"],
  [777, "error", "unknown"],
] as const)("code %i ends a linked session as %s because of %s", ([code, state, reason]) => {
  const ending = reconnection().subject.after(closed(code), true);
  expect(ending).toMatchObject({ kind: "ended", state, reason });
});

test.for([408, 428, 500, 503, 515])("code %i means to try again", (code) => {
  expect(reconnection().subject.after(closed(code), true)).toBeUndefined();
});

test("a 401 that this side raised itself does not log the session out", () => {
  expect(reconnection().subject.after(closed(401, false), true)).toBeUndefined();
});

test("five unknown errors in ten minutes park the session, spread out they do not", () => {
  const { subject, pass } = reconnection();
  for (let i = 0; i < 10; i += 1) {
    expect(subject.after(closed(500), true)).toBeUndefined();
    pass(200_000);
  }
  const endings = [1, 2, 3, 4, 5].map(() => subject.after(closed(500), true));
  expect(endings.at(-1)).toMatchObject({ kind: "ended", reason: "crash_loop" });
});

test("a second conflict in ten minutes parks the session instead of fighting", () => {
  const { subject } = reconnection();
  expect(subject.after(closed(440), true)).toBeUndefined();
  expect(subject.after(closed(440), true)).toMatchObject({ reason: "replaced_elsewhere" });
});
