import type { Journal } from "../journal/journal.ts";
import { initAuthCreds } from "./baileys.ts";
import type { AuthenticationCreds } from "./baileys.ts";
import { decodeCreds, encodeCreds } from "./key-codec.ts";

/**
 * The session's credentials. An empty journal gives fresh ones, as do credentials that were never
 * linked: a code whose scan never came leaves nothing that a login could use. (A journal that
 * cannot be read never gets here.)
 */
export function loadCreds(journal: Journal): AuthenticationCreds {
  const { creds } = journal.fold;
  const loaded = creds === undefined ? undefined : decodeCreds(creds);
  return loaded?.account ? loaded : initAuthCreds();
}

export function stageCreds(journal: Journal, creds: AuthenticationCreds): void {
  const text = encodeCreds({ ...creds, processedHistoryMessages: [] });
  if (text !== journal.fold.creds) journal.stage({ creds: text });
}
