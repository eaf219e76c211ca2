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

export const updateSession = implement(
  sessionRoutes.updateSession,
  async ({ caller, params, body, requestId, attempt }, deps: SessionDeps) => {
    requireProxy(body.settings?.proxy, deps.targets);
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const { name = session.name } = body;
    const settings = sessions.withSettings(sessions.settingsOf(session), body.settings);
    if (name !== session.name) await rename(deps, session, name);
    const changed = { ...session, name, settings };
    if (!(await sessions.change(deps.control, session, { name, settings }))) {
      throw new Fault("not_found");
    }
    if (body.settings) {
      const { sessionId, accountId, shard } = session;
      await wantedSessions.configure(deps.fleet, session, settings);
      const command = { sessionId, accountId, requestId, settings };
      const once = `${attempt.seed}:configure`;
      await sendCommand(deps.commands, shard, { type: "session.configure.v1", ...command }, once);
    }
    return { status: 200, body: toSession(changed, deps.now()) };
  },
);

/** The name moves first: a call that was cut short there can be made again. */
async function rename({ control }: SessionDeps, session: SessionItem, name: string): Promise<void> {
  if (await sessionNames.move(control, session, name)) return;
  const taken = sessionNames.find(await accounts.get(control, session.accountId), name);
  if (taken?.id === session.sessionId) return;
  throw taken ? nameTaken(taken.id) : new Fault("not_found");
}
