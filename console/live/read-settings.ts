import type { Body } from "#client/operation.ts";
import type { Session } from "./use-sessions.ts";

type Settings = NonNullable<Body<"updateSession">["settings"]>;

export const histories = ["none", "recent", "full"] as const;

/** A form's fields as settings; a proxy that is shown as before stays as it is. */
export function readSettings(
  fields: Record<string, string>,
  { settings }: Pick<Session, "settings">,
): Settings {
  const isOn = (name: string) => fields[name] === "on";
  const { proxy = "" } = fields;
  return {
    markOnline: isOn("markOnline"),
    rejectCalls: isOn("rejectCalls"),
    muteWebhooks: isOn("muteWebhooks"),
    historySync: histories.find((name) => name === fields["historySync"]) ?? "none",
    ...(proxy !== (settings.proxy ?? "") && { proxy: proxy === "" ? null : proxy }),
    pacing: isOn("paced")
      ? {
          perMinute: Number(fields["perMinute"]),
          burst: Number(fields["burst"]),
          jitter: Number(fields["jitter"]) / 100,
        }
      : null,
    newChats: { perDay: numberOf(fields["perDay"]), pauseOnLock: isOn("pauseOnLock") },
    retentionDays: numberOf(fields["retentionDays"]),
  };
}

function numberOf(text = ""): number | null {
  return text === "" ? null : Number(text);
}
