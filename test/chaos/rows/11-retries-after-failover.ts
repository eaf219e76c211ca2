import type { Row } from "../row.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome, waitUntil } from "../stage/wait-until.ts";

export const retriesAfterFailover: Row = {
  title: "retry receipts after failover, by phone and LID",
  async run(context) {
    await using fleet = await startSmallFleet(context, { sessions: 1 });
    const { stage, sessions, contacts, traffic } = fleet;
    const [session] = sessions;
    if (!session) throw new Error("there is no session");
    const failures: string[] = [];
    let { worker } = fleet;
    let kills = 0;
    for (const [i, contact] of contacts.entries()) {
      for (const to of [
        `${contact.number}@s.whatsapp.net`,
        `${contact.lid.replace(/@.*$/, "")}@lid`,
      ]) {
        contact.goOffline();
        const text = `out ${(i + 1) * 1_000 + kills}`;
        const end = stage.simulator.faults.corruptMessages({ toNumber: contact.number, times: 1 });
        const accepted = await session.say(to, text);
        const isSent = () => stage.events.sentAt(accepted.messageId) !== undefined;
        await mustBecome("it is sent", isSent, 30_000);
        end();
        worker.signal("SIGKILL");
        await worker.exited;
        kills += 1;
        worker = stage.start("worker-0");
        await worker.ready;
        await mustBecome("it is back", () => session.online(), 30_000);
        await contact.goOnline();
        const shown = () => contact.received().some(({ id }) => id === accepted.whatsappId);
        if (!(await waitUntil(shown, 15_000))) failures.push(`no answer to a retry by ${to}`);
      }
    }
    const asked = contacts.flatMap((contact) => contact.undecryptable()).length;
    if (asked === 0) failures.push("no retry was asked for");
    const verdict = await judge(stage, sessions, traffic.ledger);
    // They were damaged on purpose.
    const notes = [`${asked} retries were asked for`];
    return { kills, verdict: { ...verdict, undecryptable: [] }, recoveries: [], notes, failures };
  },
};
