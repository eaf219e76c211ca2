import { settingsOf } from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import type { sessionSchema } from "#shared/contracts/session.ts";
import { hideProxySecrets } from "#shared/net/proxy-url.ts";
import type { z } from "zod";
import { shownStatus } from "./shown-status.ts";

/** A session as callers see it. */
export function toSession(item: SessionItem, now: number): z.infer<typeof sessionSchema> {
  const { sessionId: id, name, phone = null, createdAt } = item;
  const { status } = shownStatus(item, now);
  const settings = settingsOf(item);
  const proxy = settings.proxy === null ? null : hideProxySecrets(settings.proxy);
  return { id, name, status, phone, settings: { ...settings, proxy }, createdAt };
}
