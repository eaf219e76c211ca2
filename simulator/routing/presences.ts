import type { Account, Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";

type Subscriber = { device: Device; byLid: boolean };

/** Who is online, and who is told of it. Nothing of it outlives the process. */
export const makePresences = (now: () => number) => {
  const online = new Map<Account, Set<Device>>();
  const lastSeen = new Map<Account, number>();
  const subscribers = new Map<Account, Map<Device, Subscriber>>();

  const presenceOf = (account: Account, byLid: boolean): BinaryNode => {
    const from = byLid ? toJid(account.lid, lidServer) : toJid(account.number, phoneServer);
    if (online.get(account)?.size) return { tag: "presence", attrs: { from, type: "available" } };
    const hidden = account.profile.privacy["last"] !== "all";
    const seen = lastSeen.get(account);
    const last = hidden ? "deny" : seen === undefined ? undefined : String(seen);
    const attrs = { from, type: "unavailable", ...(last === undefined ? {} : { last }) };
    return { tag: "presence", attrs };
  };

  const tell = ({ device, byLid }: Subscriber, account: Account): void =>
    device.stream?.send(presenceOf(account, byLid));

  const set = (device: Device, available: boolean): void => {
    const { account } = device;
    const devices = online.get(account) ?? new Set();
    const before = devices.size > 0;
    if (available) devices.add(device);
    else devices.delete(device);
    online.set(account, devices);
    if (before === devices.size > 0) return;
    if (before) lastSeen.set(account, Math.floor(now() / 1000));
    for (const subscriber of subscribers.get(account)?.values() ?? []) tell(subscriber, account);
  };

  return {
    set,
    isOnline: (account: Account): boolean => (online.get(account)?.size ?? 0) > 0,
    subscribe: (device: Device, account: Account, byLid: boolean): void => {
      const known = subscribers.get(account) ?? new Map<Device, Subscriber>();
      const subscriber = { device, byLid };
      known.set(device, subscriber);
      subscribers.set(account, known);
      tell(subscriber, account);
    },
    /** A connection ended: its device is offline, and hears of nobody until it asks again. */
    forget: (device: Device): void => {
      set(device, false);
      for (const known of subscribers.values()) known.delete(device);
    },
  };
};

export type Presences = ReturnType<typeof makePresences>;
