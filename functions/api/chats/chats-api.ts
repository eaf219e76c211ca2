import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { contactRoutes } from "#shared/routes/contacts.ts";
import type { groupRoutes } from "#shared/routes/groups.ts";
import type { presenceRoutes } from "#shared/routes/presence.ts";
import { changeChat } from "./change-chat.ts";
import type { ChatDeps } from "./chat-deps.ts";
import { checkContacts } from "./check-contacts.ts";
import * as contacts from "./contacts.ts";
import { getReply } from "./get-reply.ts";
import * as groups from "./groups.ts";
import * as presence from "./presence.ts";

type Routes = typeof contactRoutes & typeof groupRoutes & typeof presenceRoutes;

const implementations = {
  listContacts: contacts.listContacts,
  listChats: contacts.listChats,
  getContactPicture: contacts.getContactPicture,
  blockContact: contacts.blockContact,
  unblockContact: contacts.unblockContact,
  listBlocked: contacts.listBlocked,
  createGroup: groups.createGroup,
  listGroups: groups.listGroups,
  getGroup: groups.getGroup,
  updateGroup: groups.updateGroup,
  changeGroupMembers: groups.changeGroupMembers,
  getGroupInvite: groups.getGroupInvite,
  renewGroupInvite: groups.renewGroupInvite,
  leaveGroup: groups.leaveGroup,
  setPresence: presence.setPresence,
  subscribePresence: presence.subscribePresence,
  showTyping: presence.showTyping,
  readMessage: presence.readMessage,
  checkContacts,
  changeChat,
  getReply,
} satisfies Record<keyof Routes, RouteImplementation<ChatDeps>>;

export function createChatsApi(deps: ChatDeps): ApiHandler {
  return createApi(implementations, deps);
}
