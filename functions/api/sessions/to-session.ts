import type { SessionItem } from "#functions/store/sessions.ts";
import type { sessionSchema } from "#shared/contracts/session.ts";
import type { z } from "zod";

/** A session as callers see it. */
export function toSession(item: SessionItem): z.infer<typeof sessionSchema> {
  const { sessionId: id, name, status, phone = null, createdAt } = item;
  return { id, name, status, phone, createdAt };
}
