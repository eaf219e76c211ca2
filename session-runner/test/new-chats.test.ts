import { expect, test, vi } from "vitest";
import { defaultSettings } from "#shared/contracts/session-settings.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import { applyChange, emptyFold } from "../journal/fold.ts";
import type { Journal } from "../journal/journal.ts";
import type { Change } from "../journal/change.ts";
import { NewChats } from "../session/new-chats.ts";

const start = Date.UTC(2026, 10, 21);
const hourMs = 3_600_000;
const known = "14155550001@s.whatsapp.net";
const [first, second, third] = [2, 3, 4].map((n) => `1415555000${n}@s.whatsapp.net`) as [
  string,
  string,
  string,
];

function scene(perDay: number | null, end?: number) {
  const fold = emptyFold();
  applyChange(fold, { keys: { session: { "14155550001.0": "{}" } } });
  const journal = { fold, stage: (change: Change) => applyChange(fold, change) };
  const settings = { ...defaultSettings.newChats, perDay };
  const said: EventDraft["data"][] = [];
  const freed: number[] = [];
  const open = () =>
    new NewChats({
      journal: () => journal as unknown as Journal,
      settings: () => settings,
      publish: ({ data }) => void said.push(data),
      onFree: () => void freed.push(Date.now()),
      askEnd: async () => end,
      now: Date.now,
    });
  return { open, settings, said, freed };
}

test("so many chats are started a day, known ones go on, and the rest goes a day later", () => {
  vi.useFakeTimers({ now: start });
  const { open, said, freed } = scene(2);
  const chats = open();
  expect([chats.claim(first), chats.claim(first), chats.claim(second)]).toEqual([true, true, true]);
  // A restart does not count anew.
  chats.stop();
  const later = open();
  expect([later.claim(third), later.holds(third), later.holds(known)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(said).toMatchObject([{ limit: "new_chats_per_day", active: true }]);
  vi.advanceTimersByTime(24 * hourMs + 10);
  expect([freed.length, later.claim(third)]).toEqual([1, true]);
  expect(said.at(-1)).toMatchObject({ limit: "new_chats_per_day", active: false });
  vi.useRealTimers();
});

test("a lock holds new chats back until WhatsApp says that it ends, the refused one among them", async () => {
  vi.useFakeTimers({ now: start });
  const { open, said, freed } = scene(null, start + 5 * hourMs);
  const chats = open();
  await chats.locked(first);
  expect([chats.holds(first), chats.holds(second), chats.holds(known)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(said).toMatchObject([{ limit: "reach_out_lock", active: true }]);
  expect(said[0]).toMatchObject({ until: new Date(start + 5 * hourMs).toISOString() });
  vi.advanceTimersByTime(5 * hourMs + 10);
  expect([freed.length, chats.holds(first)]).toEqual([1, false]);
  vi.useRealTimers();
});

test("where WhatsApp does not say, each lock is taken to last twice as long; a setting ends it", async () => {
  vi.useFakeTimers({ now: start });
  const { open, said, settings, freed } = scene(null);
  const chats = open();
  await chats.locked(first);
  vi.advanceTimersByTime(hourMs + 10);
  await chats.locked(first);
  const untils = said.flatMap((data) => ("until" in data && data.until !== null ? data.until : []));
  expect(untils.map((until) => Math.round((Date.parse(until) - start) / hourMs))).toEqual([1, 3]);
  settings.pauseOnLock = false;
  chats.look();
  expect([chats.holds(first), freed.length]).toEqual([false, 2]);
  vi.useRealTimers();
});
