import { listPage } from "#functions/api/list-page.ts";
import { implement } from "#functions/middleware/implement.ts";
import { accountPartition, isVisible, sessionPrefix } from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";
import { toSession } from "./to-session.ts";

export const listSessions = implement(
  sessionRoutes.listSessions,
  async ({ caller, query }, { control, now }: SessionDeps) => {
    const listing = {
      partition: accountPartition(caller.accountId),
      prefix: sessionPrefix,
      isShown: (session: SessionItem) => isVisible(caller, session),
    };
    const { page, nextCursor } = await listPage<SessionItem>(control, listing, query);
    return {
      status: 200,
      body: { data: page.map((session) => toSession(session, now())), nextCursor },
    };
  },
);
