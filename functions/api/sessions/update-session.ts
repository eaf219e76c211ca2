import type { Caller } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as accounts from "#functions/store/accounts.ts";
import * as sessionNames from "#functions/store/session-names.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { nameTaken } from "./name-taken.ts";
import { requireProxy } from "./require-proxy.ts";
import type { SessionDeps } from "./session-deps.ts";
import { toSession } from "./to-session.ts";

/** Changes of one session that come at the same moment follow one another, so many at the most. */
const rounds = 10;

export const updateSession = implement(
  sessionRoutes.updateSession,
  async ({ caller, params, body, requestId, attempt }, deps: SessionDeps) => {
    requireProxy(body.settings?.proxy, deps.targets);
    const revision = attempt.seed;
    for (let round = 0; round < rounds; round += 1) {
      const session = await sessions.require(deps.control, caller, params.sessionId);
      const { name = session.name } = body;
      const settings = sessions.withSettings(sessions.settingsOf(session), body.settings);
      if (name !== session.name) await rename(deps, session, name);
      const change = { name, settings, revision };
      if (!(await sessions.revise(deps.control, session, change))) continue;
      const changed = { ...session, ...change };
      if (body.settings) await tellAll(deps, { caller, requestId }, changed);
      return { status: 200, body: toSession(changed, deps.now()) };
    }
    throw new Fault("change_in_progress", { headers: { "retry-after": "1" } });
  },
);

/** Whoever changed it last need not be who tells of it last: it is looked at once more. */
async function tellAll(
  deps: SessionDeps,
  { caller, requestId }: { caller: Caller; requestId: string },
  changed: SessionItem,
): Promise<void> {
  await tell(deps, requestId, changed);
  const present = await sessions.require(deps.control, caller, changed.sessionId);
  if (present.revision !== changed.revision) await tell(deps, requestId, present);
}

async function tell(deps: SessionDeps, requestId: string, session: SessionItem): Promise<void> {
  const { sessionId, accountId, shard, revision } = session;
  const settings = sessions.settingsOf(session);
  await wantedSessions.configure(deps.fleet, session, settings);
  const command = { sessionId, accountId, requestId, settings };
  const once = `${requestId}:${revision}`;
  await sendCommand(deps.commands, shard, { type: "session.configure.v1", ...command }, once);
}

/** The name moves first: a call that was cut short there can be made again. */
async function rename({ control }: SessionDeps, session: SessionItem, name: string): Promise<void> {
  if (await sessionNames.move(control, session, name)) return;
  const taken = sessionNames.find(await accounts.get(control, session.accountId), name);
  if (taken?.id === session.sessionId) return;
  throw taken ? nameTaken(taken.id) : new Fault("not_found");
}
