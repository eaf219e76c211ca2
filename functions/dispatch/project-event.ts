import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { projectCode } from "./project-code.ts";
import { projectMessageReceived } from "./project-message-received.ts";
import { projectMessageStatus } from "./project-message-status.ts";
import { projectSessionStatus } from "./project-session-status.ts";

/** Writes into the read model what an event says. Doing it twice or late changes nothing. */
export function projectEvent(deps: DispatchDeps, event: WafleetEvent): Promise<unknown> {
  switch (event.type) {
    case "session.status":
      return projectSessionStatus(deps, event);
    case "session.qr_code":
    case "session.pairing_code":
      return projectCode(deps, event);
    case "message.received":
      return projectMessageReceived(deps, event);
    case "message.status":
      return projectMessageStatus(deps, event);
    default:
      return event satisfies never;
  }
}
