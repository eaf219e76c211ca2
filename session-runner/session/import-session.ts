import { BundleUnreadableError, openBundle } from "../journal/bundle.ts";
import type { Change } from "../journal/change.ts";
import type { Journal } from "../journal/journal.ts";
import { identityOf, isPaired } from "../whatsapp/identity.ts";
import type { Identity } from "../whatsapp/identity.ts";
import { loadCreds } from "../whatsapp/creds.ts";
import type { Estate } from "./estate.ts";
import type { StatusReport } from "./status.ts";

/** Values that travel in one entry: with room below what one DynamoDB item holds. */
const entryLength = 150_000;

/** Takes a bundle's credentials into this session's journal, whose epoch the takeover has raised. */
export async function importSession(
  { deps, ids, opened, keeper }: Estate,
  bundleId: string,
): Promise<{ report: StatusReport; identity: Identity | undefined }> {
  const { journal } = opened;
  const bundle = { bundleId, accountId: ids.accountId };
  if (!isPaired(journal)) {
    const bytes = await deps.bundles.find(bundle);
    if (!bytes) return unreadable("There is no such bundle.");
    try {
      const state = await openBundle(deps.stores.dataKeys, bundle, bytes);
      await fill(journal, state, bundleId);
    } catch (error) {
      if (!(error instanceof BundleUnreadableError)) throw error;
      deps.log.warn({ ...ids, bundleId, err: error }, "bundle could not be opened");
      return unreadable("The bundle is damaged, or of another account or deployment.");
    }
  } else if (!journal.fold.keys.get(importMark)?.has(bundleId)) {
    const detail = "The session has credentials of its own: import into a new one.";
    return {
      report: { status: "inactive", reason: "already_linked", detail },
      identity: undefined,
    };
  }
  await keeper.finish();
  const identity = identityOf(loadCreds(journal));
  const detail = "Call connect: no code is needed.";
  return { report: { status: "inactive", reason: "imported", detail }, identity };
}

/** Kept among the keys, so that the same command again knows its own work. */
const importMark = "wafleet-import";

/** The credentials come last: until then the session is not linked, and a crash begins again. */
async function fill(
  journal: Journal,
  { keys = {}, creds }: Change,
  bundleId: string,
): Promise<void> {
  for (const [type, values] of Object.entries(keys)) {
    let chunk: Record<string, string | null> = {};
    let length = 0;
    for (const [id, value] of Object.entries(values)) {
      chunk[id] = value;
      length += id.length + (value?.length ?? 0);
      if (length < entryLength) continue;
      await append(journal, { keys: { [type]: chunk } });
      [chunk, length] = [{}, 0];
    }
    await append(journal, { keys: { [type]: chunk } });
  }
  if (creds === undefined) throw new BundleUnreadableError("the bundle holds no credentials");
  await append(journal, { creds, keys: { [importMark]: { [bundleId]: "imported" } } });
}

async function append(journal: Journal, change: Change): Promise<void> {
  journal.stage(change);
  await journal.flush();
}

function unreadable(detail: string): { report: StatusReport; identity: undefined } {
  return { report: { status: "error", reason: "bundle_unreadable", detail }, identity: undefined };
}
