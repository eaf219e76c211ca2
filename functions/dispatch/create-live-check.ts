import type { Caller } from "#functions/auth/caller.ts";
import { isLive } from "#functions/auth/is-live.ts";
import type { Table } from "#functions/store/items.ts";

/** Revoking closes sockets itself; this is for what it has missed, and for keys that expire. */
const trustMs = 30_000;
const trustedAtOnce = 10_000;

/** Looks at each follower's credential once in a while: one read unit a credential and half minute. */
export function createLiveCheck(control: Table): (caller: Caller) => Promise<boolean> {
  const trustedUntil = new Map<string, number>();
  return async (caller) => {
    const id = caller.kind === "key" ? caller.keyId : caller.loginId;
    const now = control.now();
    if ((trustedUntil.get(id) ?? 0) > now) return true;
    const live = await isLive(control, caller);
    if (trustedUntil.size >= trustedAtOnce) trustedUntil.clear();
    if (live) trustedUntil.set(id, now + trustMs);
    else trustedUntil.delete(id);
    return live;
  };
}
