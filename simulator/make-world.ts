import { randomBytes } from "node:crypto";
import { openAccounts } from "./accounts/accounts.ts";
import { openAppStates } from "./app-state/app-states.ts";
import { makeForgetfulStore, openDiskStore, type StateStore } from "./accounts/state-store.ts";
import { makeCalls } from "./calls/calls.ts";
import { makeRegistrations } from "./connection/registrations.ts";
import { makeActiveFaults } from "./faults/active-faults.ts";
import { openGroups } from "./groups/groups.ts";
import { makeHistoryLog } from "./history/history-log.ts";
import { startMediaHost } from "./media/media-host.ts";
import { openMediaStore } from "./media/media-store.ts";
import { createAuthority, type Authority } from "./noise/certificate-chain.ts";
import { makePresences } from "./routing/presences.ts";
import type { SimulatorOptions } from "./simulator.ts";
import { openAuthority } from "./tls/certificate-authority.ts";
import type { World } from "./world.ts";

const defaultRefTtlMs = 20_000;
const defaultHistoryLimit = 20_000;

const loadAuthority = (store: StateStore): Authority => {
  const [saved] = store.load("authority");
  if (saved) return saved[1] as Authority;
  const authority = createAuthority();
  store.put("authority", () => authority);
  return authority;
};

/** Everything that one server knows, from disk or fresh, and its media host. */
export const makeWorld = async (options: SimulatorOptions): Promise<World> => {
  const { now = Date.now, random = randomBytes } = options;
  const store =
    options.dataDir === undefined ? makeForgetfulStore() : openDiskStore(options.dataDir);
  const faults = makeActiveFaults();
  const certificates = await openAuthority(store);
  const media = openMediaStore(store, random);
  return {
    store,
    authority: loadAuthority(store),
    certificates,
    accounts: openAccounts(store, now),
    appStates: openAppStates(store, random),
    history: makeHistoryLog(options.historyLimit ?? defaultHistoryLimit, now),
    groups: openGroups(store, now, random),
    media,
    mediaHost: await startMediaHost(media, certificates, faults, random, options.mediaPort),
    faults,
    registrations: makeRegistrations(now),
    presences: makePresences(now),
    calls: makeCalls(now, random),
    refTtlMs: options.refTtlMs ?? defaultRefTtlMs,
    now,
    random,
    onProtocolError: options.onProtocolError ?? (() => {}),
  };
};
