import type { Accounts } from "./accounts/accounts.ts";
import type { AppStates } from "./app-state/app-states.ts";
import type { StateStore } from "./accounts/state-store.ts";
import type { Calls } from "./calls/calls.ts";
import type { Registrations } from "./connection/registrations.ts";
import type { ActiveFaults } from "./faults/active-faults.ts";
import type { Groups } from "./groups/groups.ts";
import type { HistoryLog } from "./history/history-log.ts";
import type { MediaHost } from "./media/media-host.ts";
import type { MediaStore } from "./media/media-store.ts";
import type { Authority } from "./noise/certificate-chain.ts";
import type { Presences } from "./routing/presences.ts";
import type { CertificateAuthority } from "./tls/certificate-authority.ts";

/** What every part of one server shares. */
export type World = {
  authority: Authority;
  /** Signs the TLS certificates of the media host and of `wss:`. */
  certificates: CertificateAuthority;
  accounts: Accounts;
  appStates: AppStates;
  store: StateStore;
  history: HistoryLog;
  groups: Groups;
  media: MediaStore;
  mediaHost: MediaHost;
  faults: ActiveFaults;
  registrations: Registrations;
  presences: Presences;
  calls: Calls;
  refTtlMs: number;
  now: () => number;
  random: (length: number) => Uint8Array;
  onProtocolError: (error: unknown, connection: number) => void;
};

/** Seconds, as the protocol writes time. */
export const timestamp = (world: World): string => String(Math.floor(world.now() / 1000));
