import type { Contact } from "#shared/address.ts";
import type { EventOf, WafleetEvent } from "#shared/contracts/event.ts";
import type { Erased } from "./erased.ts";

const nobody: Contact = { id: "", phone: null, lid: null };

/** The event in its place, without what it tells of erased messages and people; the same where it tells nothing. */
export function redactEvent(event: WafleetEvent, erased: Erased): WafleetEvent {
  if (isAbout(event, erased)) return emptied(event);
  if (!erased.reaches(event.at)) return event;
  if (event.type === "message.received") return withoutQuote(event, erased);
  if (event.type !== "group.update") return event;
  const { by, participants } = event.data;
  if (![by, ...participants].some(erased.isPerson)) return event;
  const hidden = (one: Contact) => (erased.isPerson(one) ? nobody : one);
  const data = { by: by && hidden(by), participants: participants.map(hidden) };
  return { ...event, data: { ...event.data, ...data } };
}

function isAbout({ data, at }: WafleetEvent, erased: Erased): boolean {
  if ("messageId" in data && erased.hasMessage(data.messageId)) return true;
  if (!erased.reaches(at)) return false;
  const people = ["chat", "from", "contact", "recipient"].map(
    (name) => (data as { [name: string]: Contact | undefined })[name],
  );
  return people.some(erased.isPerson) || ("to" in data && erased.hasAddress(data.to));
}

function withoutQuote(
  event: EventOf<"message.received">,
  erased: Erased,
): EventOf<"message.received"> {
  const { content } = event.data;
  const { replyTo, mentions } = content;
  const isQuoted =
    replyTo && (erased.hasMessage(replyTo.messageId) || erased.hasAddress(replyTo.sender));
  if (!isQuoted && !mentions?.some(erased.hasAddress)) return event;
  const context = {
    ...(isQuoted && { replyTo: { ...replyTo, sender: "", text: "" } }),
    ...(mentions && { mentions: mentions.filter((jid) => !erased.hasAddress(jid)) }),
  };
  return { ...event, data: { ...event.data, content: { ...content, ...context } } };
}

/** As one that tells nothing of what was said, nor by whom or to whom. */
function emptied(event: WafleetEvent): WafleetEvent {
  const people = { chat: nobody, from: nobody };
  switch (event.type) {
    case "message.received": {
      const content = { type: "unavailable" as const, unavailable: { reason: "erased" as const } };
      return { ...event, data: { ...event.data, ...people, pushName: null, content } };
    }
    case "message.status": {
      const { recipient, ...data } = event.data;
      // One member's progress must not read as everybody's.
      const member = recipient && { recipient: nobody };
      return { ...event, data: { ...data, ...member, to: "", detail: null } };
    }
    case "message.edited":
      return { ...event, data: { ...event.data, ...people, body: "" } };
    case "message.deleted":
      return { ...event, data: { ...event.data, ...people } };
    case "message.reaction":
      return { ...event, data: { ...event.data, ...people, emoji: null } };
    case "poll.vote":
      return { ...event, data: { ...event.data, ...people, options: null } };
    case "presence.update": {
      const data = { chat: nobody, contact: nobody, lastSeenAt: null };
      return { ...event, data: { ...event.data, ...data } };
    }
    case "contact.update":
      return { ...event, data: { contact: nobody } };
    case "call.received":
      return { ...event, data: { ...event.data, from: nobody } };
    default:
      return event;
  }
}
