import { implement } from "#functions/middleware/implement.ts";
import * as tickets from "#functions/store/tickets.ts";
import { eventRoutes } from "#shared/routes/events.ts";
import type { EventDeps } from "./event-deps.ts";

export const createTicket = implement(
  eventRoutes.createTicket,
  async ({ caller }, { control }: EventDeps) => {
    const { ticket, expiresAt } = await tickets.create(control, caller);
    return {
      status: 201,
      body: { ticket, expiresAt: new Date(expiresAt * 1000).toISOString() },
    };
  },
);
