import { defaultSettings } from "#shared/contracts/session-settings.ts";
import { expect, test } from "vitest";
import { Pacer } from "../session/pacer.ts";
import { startRig } from "./start-rig.ts";

test("a session that shall be shown as online says so, and stops when that is changed", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const said = (type: string) =>
    rig.simulator.history
      .stanzas({ direction: "in", tag: "presence" })
      .filter(({ node }) => node.attrs["type"] === type).length;
  await expect.poll(() => said("unavailable")).toBe(1);
  expect(said("available")).toBe(0);
  await session.configure({ ...defaultSettings, markOnline: true });
  await expect.poll(() => said("available")).toBe(1);
  await session.stop();
  await session.waitForStatus("inactive");
  await session.connect({ settings: { ...defaultSettings, markOnline: true } });
  await expect.poll(() => said("available")).toBe(2);
});

test("paced messages leave a few at once, then one at a time", () => {
  let now = 0;
  const pacer = new Pacer(
    () => now,
    () => 0.5,
  );
  expect([pacer.reserve(), pacer.reserve()]).toEqual([0, 0]);
  pacer.pacing = { perMinute: 60, burst: 3 };
  expect([1, 2, 3, 4, 5].map(() => pacer.reserve())).toEqual([0, 0, 0, 1_000, 2_000]);
  now = 60_000;
  expect([1, 2, 3, 4].map(() => pacer.reserve())).toEqual([0, 0, 0, 1_000]);
});

test("pauses vary around what was asked for, and a message knows how long it will wait", () => {
  const pacer = new Pacer(
    () => 0,
    () => 1,
  );
  pacer.pacing = { perMinute: 60, burst: 1, jitter: 0.5 };
  expect([1, 2, 3].map(() => pacer.reserve())).toEqual([0, 1_500, 3_000]);
  expect([pacer.waitMs(0), pacer.waitMs(10)]).toEqual([4_500, 14_500]);
  pacer.pacing = null;
  expect(pacer.waitMs(1_000)).toBe(0);
});
