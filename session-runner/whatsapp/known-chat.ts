import type { Journal } from "../journal/journal.ts";
import { isLidUser, isPnUser, jidDecode } from "./baileys.ts";

/** Whether there is a Signal session with this person's phone; a group is always known. */
export function isKnownChat({ fold }: Journal, jid: string): boolean {
  const user = jidDecode(jid)?.user;
  if (user === undefined || !(isPnUser(jid) || isLidUser(jid))) return true;
  const sessions = fold.keys.get("session");
  const lid = isLidUser(jid) ? user : fold.keys.get("lid-mapping")?.get(user);
  return sessions?.has(`${user}.0`) === true || sessions?.has(`${lid}_1.0`) === true;
}
