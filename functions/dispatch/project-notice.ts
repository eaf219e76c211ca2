import * as contacts from "#functions/store/contacts.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

/** What is known of a contact or a chat. */
export function projectContactUpdate(
  { messages }: DispatchDeps,
  { data, ...event }: EventOf<"contact.update">,
): Promise<void> {
  const { contact, name, pushName, archived, mutedUntil, read, blocked } = data;
  const unread = read === undefined ? undefined : !read;
  const news = { name, pushName, archived, mutedUntil, unread, blocked };
  return contacts.note(messages, event, contact, news);
}

/** Its subject alone: members are asked for, for they change unseen. */
export async function projectGroupUpdate(
  { messages }: DispatchDeps,
  { data: { group, action, value }, ...event }: EventOf<"group.update">,
): Promise<void> {
  if (value === null || !named.includes(action)) return;
  const subject = value;
  await contacts.note(messages, event, { id: group, phone: null, lid: null }, { subject });
}

/** What brings the group's subject. */
const named: readonly EventOf<"group.update">["data"]["action"][] = ["created", "subject_changed"];
