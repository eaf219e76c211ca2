import { sealBundle } from "../journal/bundle.ts";
import { eraseJournal } from "../journal/erase-journal.ts";
import { isPaired } from "../whatsapp/identity.ts";
import type { Estate } from "./estate.ts";
import type { StatusReport } from "./status.ts";

/**
 * Puts the credentials into a bundle, then erases them here: at no instant could two sessions
 * connect with them. A crash in between leaves them here, for the same command again.
 */
export async function exportSession(
  { deps, ids, opened, stream }: Estate,
  bundleId: string,
): Promise<StatusReport> {
  const { journal } = opened;
  const bundle = { bundleId, accountId: ids.accountId };
  if (isPaired(journal)) {
    await stream.drained();
    await journal.flush();
    const sealing = { ...bundle, sessionId: ids.sessionId };
    await deps.bundles.put(bundle, await sealBundle(deps.stores.dataKeys, sealing, journal.fold));
    const database = { dynamodb: deps.dynamodb, table: deps.journalTable };
    await eraseJournal(deps.stores, database, ids.sessionId, journal);
  } else if (!(await deps.bundles.find(bundle))) {
    return { status: "inactive" };
  }
  const detail =
    "Its credentials are in a bundle: import that, or disconnect to link a phone anew.";
  return { status: "inactive", reason: "exported", detail };
}
