import { expect, test } from "vitest";
import { readSettings } from "../live/read-settings.ts";
import type { Session } from "../live/use-sessions.ts";

const shown = "socks5://***@proxy.example.com:1080";
const session = { settings: { proxy: shown } } as Pick<Session, "settings">;

test("a proxy is sent only when it was changed, and emptied means none", () => {
  expect(readSettings({ proxy: shown }, session)).not.toHaveProperty("proxy");
  expect(readSettings({ proxy: "" }, session).proxy).toBeNull();
  expect(readSettings({ proxy: "http://other.example.com:80" }, session).proxy).toContain("other");
});

test("what is left empty is no limit, and an unchecked pace is none", () => {
  const settings = readSettings({ perDay: "", retentionDays: "" }, session);
  expect(settings).toMatchObject({
    pacing: null,
    newChats: { perDay: null, pauseOnLock: false },
    retentionDays: null,
  });
});
