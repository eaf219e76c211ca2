import { implement } from "#functions/middleware/implement.ts";
import type { RouteAnswer } from "#functions/middleware/implement.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as bundles from "#functions/store/bundles.ts";
import type { BundleItem } from "#functions/store/bundles.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import type { SessionReason } from "#shared/contracts/session-status.ts";
import { Fault } from "#shared/faults/fault.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { callWorker } from "./call-worker.ts";
import type { SessionDeps } from "./session-deps.ts";
import { waitForSession } from "./wait-for-session.ts";

const outcomes: readonly (SessionReason | undefined)[] = [
  "imported",
  "bundle_unreadable",
  "already_linked",
];

/** The bundle is claimed for this session before anything moves: it goes nowhere else. */
export const importSession = implement(
  sessionRoutes.importSession,
  async ({ caller, params, body, requestId, attempt }, deps: SessionDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const { sessionId, accountId, shard } = session;
    const bundle = await requireBundle(deps, session, body.bundleId);
    // Over by itself since the last call: asked of the runner again, it would end what came after.
    if (session.importing === bundle.bundleId && session.reason === "imported")
      return conclude(deps, session);
    await sessions.change(deps.control, session, { importing: body.bundleId });
    if (!(await bundles.claim(deps.control, bundle, sessionId))) throw alreadyImported(bundle);
    await wantedSessions.remove(deps.fleet, session);
    await callWorker(deps);
    const { bundleId } = bundle;
    const command = {
      type: "session.import.v1" as const,
      sessionId,
      accountId,
      requestId,
      bundleId,
    };
    await sendCommand(deps.commands, shard, command, `${bundleId}:${attempt.seed}`);
    const found = await waitForSession(
      deps,
      caller,
      session,
      ({ reason }, isNews) => isNews && outcomes.includes(reason),
    );
    switch (found.reason) {
      case "imported":
        return conclude(deps, found);
      case "bundle_unreadable":
        await bundles.release(deps.control, bundle, sessionId);
        throw new Fault("bundle_unreadable");
      case "already_linked":
        await bundles.release(deps.control, bundle, sessionId);
        throw new Fault("session_already_linked");
      default:
        return { status: 202, body: { status: found.status, retryIn: 2_000 } };
    }
  },
);

async function conclude(
  { control }: SessionDeps,
  session: SessionItem,
): Promise<RouteAnswer<typeof sessionRoutes.importSession>> {
  await sessions.change(control, session, { exportedBundle: null, importing: null });
  return { status: 200, body: { status: session.status, phone: session.phone ?? null } };
}

async function requireBundle(
  deps: SessionDeps,
  session: SessionItem,
  bundleId: string,
): Promise<BundleItem> {
  const { accountId, sessionId } = session;
  const bundle = await bundles.find(deps.control, accountId, bundleId);
  if (!bundle) throw new Fault("not_found");
  // Its own counts only until the import is over: what comes after it would be a second one.
  const isOwn = bundle.importedInto === sessionId && session.importing === bundleId;
  if (bundle.importedInto !== undefined && !isOwn) throw alreadyImported(bundle);
  const isLinked = session.phone !== undefined && session.status !== "logged_out";
  if (isLinked && !isOwn) throw new Fault("session_already_linked");
  if (await deps.bundles.exists(accountId, bundleId)) return bundle;
  const uploadUrl = await deps.bundles.uploadUrl(accountId, bundleId);
  throw new Fault("bundle_missing", { extra: { uploadUrl } });
}

function alreadyImported({ importedInto }: BundleItem): Fault {
  return new Fault("bundle_already_imported", { extra: { importedInto } });
}
