import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { projectCode } from "./project-code.ts";
import { projectMessageMedia } from "./project-message-media.ts";
import { projectMessageReceived } from "./project-message-received.ts";
import { projectMessageStatuses } from "./project-message-statuses.ts";
import { projectContactUpdate, projectGroupUpdate } from "./project-notice.ts";
import { projectSessionLimit } from "./project-session-limit.ts";
import { projectSessionStatus } from "./project-session-status.ts";
import {
  projectMessageDeleted,
  projectMessageEdited,
  projectMessageReaction,
  projectPollVote,
} from "./project-to-message.ts";

/** Writes into the read model what an event says. Doing it twice or late changes nothing. */
export async function projectEvent(deps: DispatchDeps, event: WafleetEvent): Promise<unknown> {
  switch (event.type) {
    case "session.status":
      return projectSessionStatus(deps, event);
    case "session.qr_code":
    case "session.pairing_code":
      return projectCode(deps, event);
    case "message.received":
      return projectMessageReceived(deps, event);
    case "message.status":
      return projectMessageStatuses(deps, [event], true);
    case "message.edited":
      return projectMessageEdited(deps, event);
    case "message.deleted":
      return projectMessageDeleted(deps, event);
    case "message.reaction":
      return projectMessageReaction(deps, event);
    case "message.media":
      return projectMessageMedia(deps, event);
    case "poll.vote":
      return projectPollVote(deps, event);
    case "contact.update":
      return projectContactUpdate(deps, event);
    case "group.update":
      return projectGroupUpdate(deps, event);
    case "session.limit":
      return projectSessionLimit(deps, event);
    case "presence.update":
    case "call.received":
      // For those who follow; nothing is kept of them.
      return undefined;
    default:
      return event satisfies never;
  }
}
