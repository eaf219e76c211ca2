import { boundSession } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as accounts from "#functions/store/accounts.ts";
import * as sessionNames from "#functions/store/session-names.ts";
import * as sessions from "#functions/store/sessions.ts";
import { defaultSettings } from "#shared/contracts/session-settings.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import { Fault } from "#shared/faults/fault.ts";
import { derivedId } from "#shared/ids.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { chooseShard } from "#shared/shard.ts";
import { nameTaken } from "./name-taken.ts";
import { requireProxy } from "./require-proxy.ts";
import type { SessionDeps } from "./session-deps.ts";
import { toSession } from "./to-session.ts";

/** The name is claimed first; whoever meets a claimed name without its session completes it. */
export const createSession = implement(
  sessionRoutes.createSession,
  async ({ body: { name, settings }, caller, attempt }, deps: SessionDeps) => {
    const { accountId } = caller;
    if (boundSession(caller) !== undefined) {
      throw new Fault("forbidden", { detail: "This key is bound to one session." });
    }
    requireProxy(settings?.proxy, deps.targets);
    const sessionId = derivedId("session", attempt.startedAt, attempt.seed);
    const createdAt = new Date(attempt.startedAt).toISOString();
    const limit = deps.sessionLimits[(await accounts.get(deps.control, accountId)).tier];
    const chosen = sessions.withSettings(defaultSettings, settings);
    const claim = { accountId, name, sessionId, createdAt, settings: chosen };
    if (!(await sessionNames.claim(deps.control, claim, limit))) {
      await requireOwnClaim(deps, claim, limit);
    }
    return { status: 201, body: toSession(await ensure(deps, claim), deps.now()) };
  },
);

type Claim = {
  accountId: string;
  name: string;
  sessionId: string;
  createdAt: string;
  settings?: SessionSettings;
};

/** A refused claim is ours when an earlier try of the same request made it. */
async function requireOwnClaim(deps: SessionDeps, claim: Claim, limit: number): Promise<void> {
  const { accountId, name, sessionId } = claim;
  const taken = sessionNames.find(await accounts.get(deps.control, accountId), name);
  if (taken?.id === sessionId) return;
  if (!taken) {
    throw new Fault("session_limit_reached", {
      detail: `Your plan allows ${limit} sessions. Delete one or move to a larger plan.`,
    });
  }
  await ensure(deps, { accountId, name, sessionId: taken.id, createdAt: taken.createdAt });
  throw nameTaken(taken.id);
}

function ensure({ control, shards }: SessionDeps, claim: Claim): Promise<sessions.SessionItem> {
  return sessions.ensure(control, { ...claim, shard: chooseShard(claim.sessionId, shards) });
}
