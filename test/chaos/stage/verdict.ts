// Judges what happened to every message, from what the phones show, what the fleet reported, what
// went over the wire, and what the journal holds.
import type { Phone } from "#simulator/phone/phone.ts";
import { findJournalFaults } from "./journal-history.ts";
import type { Ledger, Outgoing } from "./ledger.ts";
import type { Session } from "./session.ts";
import type { Stage } from "./stage.ts";
import { waitUntil } from "./wait-until.ts";

export type Verdict = {
  messages: number;
  lost: string[];
  duplicated: string[];
  undecryptable: string[];
  /** Everything else that must not be. */
  broken: string[];
  /** Stream errors that say that somebody else uses the device. */
  conflicts: number;
};

/** Waits until nothing is open any more, or for so long, then judges. */
export async function judge(
  stage: Stage,
  sessions: Session[],
  ledger: Ledger,
  patienceMs = 60_000,
): Promise<Verdict> {
  await waitUntil(() => isSettled(stage, ledger), patienceMs);
  const shown = countShown(ledger);
  const lost: string[] = [];
  const duplicated: string[] = [];
  const broken: string[] = [...findDisorder(ledger), ...stage.events.contradictions()];
  for (const message of ledger.outgoing) {
    const times = shown.get(nameOf(message)) ?? 0;
    const final = stage.events.message(message.messageId);
    const ended = final?.status === "failed" || final?.status === "unknown";
    const said = `${nameOf(message)}: ${final?.status ?? "no status"} ${final?.reason ?? ""}`;
    if (times > 1) duplicated.push(said);
    if (times === 0 && !(ended && final.reason)) lost.push(said);
    if (times === 1 && (!final || final.status === "failed")) broken.push(`${said} yet delivered`);
  }
  for (const { session, text } of ledger.incoming) {
    const times = stage.events.received(session.sessionId, text);
    if (times === 0) lost.push(`${text} to ${session.sessionId}`);
    if (times > 1) duplicated.push(`${text} to ${session.sessionId}: ${times} events`);
  }
  const journals = await Promise.all(
    sessions.map(({ sessionId }) => findJournalFaults(stage, sessionId)),
  );
  return {
    messages: ledger.outgoing.length + ledger.incoming.length,
    lost,
    duplicated,
    undecryptable: findUndecryptable(stage, sessions, ledger),
    broken: [...broken, ...journals.flat(), ...findReuse(stage)],
    conflicts: countConflicts(stage),
  };
}

export function isSettled(stage: Stage, { outgoing, incoming }: Ledger): boolean {
  const done = ["delivered", "read", "played", "failed", "unknown"];
  return (
    outgoing.every(({ messageId }) =>
      done.includes(stage.events.message(messageId)?.status ?? "queued"),
    ) && incoming.every(({ session, text }) => stage.events.received(session.sessionId, text) > 0)
  );
}

/** Stream errors of the kind that two owners cause each other. */
function countConflicts({ simulator }: Stage): number {
  return simulator.history
    .stanzas({ direction: "out", tag: "stream:error" })
    .filter(({ node }) => JSON.stringify(node).includes("conflict")).length;
}

function nameOf({ session, contact, text }: Pick<Outgoing, "session" | "contact" | "text">) {
  return `${text} from ${session.phone.number} to ${contact.number}`;
}

function phonesOf({ outgoing }: Ledger): Set<Phone> {
  return new Set(outgoing.map(({ contact }) => contact));
}

function countShown(ledger: Ledger): Map<string, number> {
  const shown = new Map<string, number>();
  for (const phone of phonesOf(ledger)) {
    for (const { from, text } of phone.received()) {
      const name = `${text} from ${from} to ${phone.number}`;
      shown.set(name, (shown.get(name) ?? 0) + 1);
    }
  }
  return shown;
}

/** Texts carry a rising number: within a chat they must be shown in that order. */
function findDisorder(ledger: Ledger): string[] {
  const disorder: string[] = [];
  const last = new Map<string, number>();
  for (const phone of phonesOf(ledger)) {
    for (const { from, text } of phone.received()) {
      if (!text.startsWith("out ")) continue;
      const number = Number(text.slice(4));
      const chat = `${from} to ${phone.number}`;
      if (number < (last.get(chat) ?? 0)) disorder.push(`${text} from ${chat} came out of order`);
      last.set(chat, number);
    }
  }
  return disorder;
}

function findUndecryptable({ simulator }: Stage, sessions: Session[], ledger: Ledger): string[] {
  const phones = new Set([...phonesOf(ledger), ...sessions.map(({ phone }) => phone)]);
  const atPhones = [...phones].flatMap((phone) =>
    phone.undecryptable().map((what) => `at ${phone.number}: ${JSON.stringify(what)}`),
  );
  const asked = simulator.history
    .stanzas({ direction: "in", tag: "receipt" })
    .filter(({ node, connection }) => connection > 0 && node.attrs["type"] === "retry")
    .map(({ node, device }) => `at ${device}: message ${node.attrs["id"]}`);
  return [...atPhones, ...asked];
}

function findReuse({ simulator }: Stage): string[] {
  try {
    simulator.history.assertNoCounterReuse();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
