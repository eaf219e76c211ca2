import { implement } from "#functions/middleware/implement.ts";
import { requireAddress } from "#shared/address.ts";
import { groupRoutes } from "#shared/routes/groups.ts";
import { ask, askToDo } from "./ask.ts";
import type { ChatDeps } from "./chat-deps.ts";

export const createGroup = implement(groupRoutes.createGroup, (call, deps: ChatDeps) => {
  const { subject } = call.body;
  return ask(deps, call, { kind: "group.create", subject, members: jidsOf(call.body) });
});

export const listGroups = implement(groupRoutes.listGroups, (call, deps: ChatDeps) =>
  ask(deps, call, { kind: "group.list" }),
);

export const getGroup = implement(groupRoutes.getGroup, (call, deps: ChatDeps) =>
  ask(deps, call, { kind: "group.get", group: groupOf(call) }),
);

export const updateGroup = implement(groupRoutes.updateGroup, (call, deps: ChatDeps) => {
  const { subject } = call.body;
  return askToDo(deps, call, { kind: "group.rename", group: groupOf(call), subject });
});

export const changeGroupMembers = implement(
  groupRoutes.changeGroupMembers,
  (call, deps: ChatDeps) => {
    const { change } = call.body;
    const question = { group: groupOf(call), change, members: jidsOf(call.body) };
    return ask(deps, call, { kind: "group.members", ...question });
  },
);

export const getGroupInvite = implement(groupRoutes.getGroupInvite, (call, deps: ChatDeps) =>
  ask(deps, call, { kind: "group.invite", group: groupOf(call), renew: false }),
);

export const renewGroupInvite = implement(groupRoutes.renewGroupInvite, (call, deps: ChatDeps) =>
  ask(deps, call, { kind: "group.invite", group: groupOf(call), renew: true }),
);

export const leaveGroup = implement(groupRoutes.leaveGroup, (call, deps: ChatDeps) =>
  askToDo(deps, call, { kind: "group.leave", group: groupOf(call) }),
);

function groupOf({ params }: { params: { groupId: string } }): string {
  return requireAddress(params.groupId).jid;
}

function jidsOf({ members }: { members: string[] }): string[] {
  return members.map((member) => requireAddress(member).jid);
}
