import { sendCommand } from "#functions/send-command.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import { callWorker } from "./call-worker.ts";
import type { SessionDeps } from "./session-deps.ts";

/** Asks for the session to leave WhatsApp and lose its credentials; with `forget`, all of it. */
export async function unlinkSession(
  deps: SessionDeps,
  session: SessionItem,
  { forget, requestId, once }: { forget: boolean; requestId: string; once: string },
): Promise<void> {
  const { sessionId, accountId, shard } = session;
  await wantedSessions.remove(deps.fleet, session);
  // Of a session that no worker has ever had there is nothing to undo.
  if (session.statusCursor !== undefined) await callWorker(deps);
  const command = {
    type: "session.disconnect.v1",
    sessionId,
    accountId,
    requestId,
    forget,
  } as const;
  await sendCommand(deps.commands, shard, command, once);
}
