import { implement } from "#functions/middleware/implement.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as bundles from "#functions/store/bundles.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { newId } from "#shared/ids.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { linkSeconds } from "./bundle-links.ts";
import { callWorker } from "./call-worker.ts";
import type { SessionDeps } from "./session-deps.ts";
import { waitForSession } from "./wait-for-session.ts";

/** From the first call on nobody connects here; each call after it asks for the same bundle. */
export const exportSession = implement(
  sessionRoutes.exportSession,
  async ({ caller, params, requestId, attempt }, deps: SessionDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const bundleId = session.exportedBundle ?? (await beginExport(deps, session));
    const { sessionId, accountId, shard } = session;
    if (session.reason !== "exported") {
      await wantedSessions.remove(deps.fleet, session);
      await callWorker(deps);
      const command = { type: "session.export.v1", sessionId, accountId, requestId, bundleId };
      const once = `${bundleId}:${attempt.seed}`;
      await sendCommand(deps.commands, shard, { ...command, type: "session.export.v1" }, once);
    }
    const found = await waitForSession(deps, caller, session, isOver);
    if (found.reason === "exported") {
      const url = await deps.bundles.downloadUrl(accountId, bundleId);
      const expiresAt = new Date(deps.now() + linkSeconds * 1_000).toISOString();
      return { status: 200, body: { bundleId, url, expiresAt } };
    }
    if (isOver(found, found.statusCursor !== session.statusCursor)) {
      await sessions.change(deps.control, session, { exportedBundle: null });
      throw new Fault("session_not_linked");
    }
    return { status: 202, body: { status: found.status, retryIn: 2_000 } };
  },
);

async function beginExport({ control }: SessionDeps, session: SessionItem): Promise<string> {
  const { accountId, sessionId: exportedFrom, status, phone } = session;
  if (phone === undefined || status === "logged_out") throw new Fault("session_not_linked");
  const bundleId = newId("bundle", control.now());
  await bundles.create(control, { accountId, bundleId, exportedFrom });
  return sessions.beginExport(control, session, bundleId);
}

/** `inactive` for no reason: the runner found nothing to export. */
function isOver({ status, reason }: SessionItem, isNews: boolean): boolean {
  return reason === "exported" || (isNews && status === "inactive" && reason === undefined);
}
