import { implement } from "#functions/middleware/implement.ts";
import * as eventLog from "#functions/store/event-log.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { eventRoutes } from "#shared/routes/events.ts";
import type { EventDeps } from "./event-deps.ts";
import { requireRecovery } from "./require-recovery.ts";

export const listEvents = implement(
  eventRoutes.listEvents,
  async ({ caller, params, query }, deps: EventDeps) => {
    const { sessionId } = await sessions.require(deps.control, caller, params.sessionId);
    if (query.after !== undefined) {
      await requireRecovery(
        deps,
        { accountId: caller.accountId, positions: { [sessionId]: query.after } },
        () => null,
      );
    }
    const data: WafleetEvent[] = [];
    for await (const event of eventLog.after(deps.messages, sessionId, query.after)) {
      data.push(event);
      if (data.length === query.limit) break;
    }
    const nextCursor = data.at(-1)?.cursor ?? query.after ?? null;
    return { status: 200, body: { data, nextCursor } };
  },
);
