import { listPage } from "#functions/api/list-page.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import { isGroup, requireAddress } from "#shared/address.ts";
import { contactPrefix } from "#shared/items/contact-item.ts";
import type { ContactItem } from "#shared/items/contact-item.ts";
import { contactRoutes } from "#shared/routes/contacts.ts";
import { ask, askToDo } from "./ask.ts";
import type { Asking } from "./ask.ts";
import type { ChatDeps } from "./chat-deps.ts";
import { toChat, toKnownContact } from "./to-chat.ts";

export const listContacts = implement(
  contactRoutes.listContacts,
  async ({ caller, params, query }, { control, messages }: ChatDeps) => {
    const { sessionId: partition } = await sessions.require(control, caller, params.sessionId);
    const listing = { partition, prefix: contactPrefix };
    const isShown = (item: ContactItem) => !isGroup(item.address);
    const { page, nextCursor } = await listPage(messages, { ...listing, isShown }, query);
    return { status: 200, body: { data: page.map(toKnownContact), nextCursor } };
  },
);

export const listChats = implement(
  contactRoutes.listChats,
  async ({ caller, params, query }, { control, messages }: ChatDeps) => {
    const { sessionId: partition } = await sessions.require(control, caller, params.sessionId);
    const listing = { partition, prefix: contactPrefix };
    const isShown = (item: ContactItem) => item.activeOn !== undefined || isGroup(item.address);
    const { page, nextCursor } = await listPage(messages, { ...listing, isShown }, query);
    return { status: 200, body: { data: page.map(toChat), nextCursor } };
  },
);

export const getContactPicture = implement(
  contactRoutes.getContactPicture,
  (call, deps: ChatDeps) =>
    ask(deps, call, {
      kind: "contact.picture",
      contact: requireAddress(call.params.contactId).jid,
      full: call.query.size === "full",
    }),
);

export const blockContact = implement(contactRoutes.blockContact, (call, deps: ChatDeps) =>
  block(deps, call, true),
);

export const unblockContact = implement(contactRoutes.unblockContact, (call, deps: ChatDeps) =>
  block(deps, call, false),
);

export const listBlocked = implement(contactRoutes.listBlocked, (call, deps: ChatDeps) =>
  ask(deps, call, { kind: "contacts.blocked" }),
);

function block(
  deps: ChatDeps,
  call: Asking & { params: { contactId: string } },
  blocked: boolean,
): ReturnType<typeof askToDo<"contact.block">> {
  const contact = requireAddress(call.params.contactId).jid;
  return askToDo(deps, call, { kind: "contact.block", contact, blocked });
}
