import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import { waitingStates } from "#shared/contracts/session-status.ts";
import type { SessionState } from "#shared/contracts/session-status.ts";
import { derivedId } from "#shared/ids.ts";
import type { SeededRandom } from "./seeded-random.ts";

export type Session = {
  sessionId: string;
  accountId: string;
  shard: number;
  phone: string;
  contacts: string[];
  /** The user wants it connected. */
  wanted: boolean;
  pacing: SessionSettings["pacing"];
  /** It was given many messages at once: at a slow pace they would take longer than a run lasts. */
  hasBurst: boolean;
  /** As its events tell. */
  status: SessionState;
};

export function createSessions(random: SeededRandom, shards: number): Session[] {
  const count = random.integer(1, 4);
  const contacts = Array.from({ length: random.pick([1, 2, 2, 3, 8]) }, (_, index) => index + 1);
  return Array.from({ length: count }, (_, index) => ({
    sessionId: derivedId("session", 1_700_000_000_000, `session ${index}`),
    accountId: derivedId("account", 1_700_000_000_000, `account ${index}`),
    shard: index % shards,
    phone: `49170000000${index}`,
    contacts: contacts.map((contact) => `4916000000${index}${contact}@s.whatsapp.net`),
    wanted: false,
    pacing: null,
    hasBurst: false,
    status: "inactive",
  }));
}

/** As the API sees it: what is accepted meanwhile is not stored as waiting. */
export function canSendSoon({ status }: Session): boolean {
  return status === "active" || waitingStates.includes(status);
}
