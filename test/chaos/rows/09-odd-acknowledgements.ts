import type { MessageReason } from "#shared/contracts/message-status.ts";
import type { Row } from "../row.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome } from "../stage/wait-until.ts";

const refusals: [code: number, reason: MessageReason][] = [
  [463, "reach_out_locked"],
  [479, "refused_by_whatsapp"],
  [429, "rate_limited_by_whatsapp"],
];

export const oddAcknowledgements: Row = {
  title: "acks late, never, or with an error",
  async run(context) {
    const env = { WAFLEET_ACK_TIMEOUT_MS: "1500" };
    await using fleet = await startSmallFleet(context, { sessions: 1, env });
    const { stage, sessions, contacts, traffic } = fleet;
    const [session] = sessions;
    // A lock keeps back what goes to chats that are new: it must not be the chat of all the others.
    const [contact, stranger] = contacts;
    if (!session || !contact || !stranger) throw new Error("there is nobody to talk to");
    const failures: string[] = [];

    async function expectEnd(
      what: string,
      status: string,
      reason: string | null,
      frames: number,
      to = contact,
    ) {
      const before = traffic.ledger.outgoing.length;
      await traffic.out(session as never, to as never);
      const message = traffic.ledger.outgoing[before];
      const final = () => stage.events.message(message?.messageId ?? "");
      const isEnd = () => ["delivered", "failed", "unknown"].includes(final()?.status ?? "");
      await mustBecome(`${what} ends`, isEnd, 60_000);
      const sent = stage.simulator.history
        .stanzas({ direction: "in", tag: "message", id: message?.whatsappId })
        .filter(({ connection }) => connection > 0).length;
      const got = final();
      if (got?.status !== status || got.reason !== reason) {
        failures.push(`${what}: ended as ${got?.status} ${got?.reason}, not ${status} ${reason}`);
      }
      if (frames > 0 && sent !== frames) failures.push(`${what}: ${sent} frames, not ${frames}`);
    }

    await expectEnd("a plain message", "delivered", null, 1);
    for (const [code, reason] of refusals) {
      const end = stage.simulator.faults.ackError(code);
      const to = code === 463 ? stranger : contact;
      await expectEnd(`a message refused with ${code}`, "failed", reason, 1, to);
      end();
    }
    const late = stage.simulator.faults.delayStanzas(800, { direction: "out", tag: "ack" });
    await expectEnd("a message with a late ack", "delivered", null, 1);
    late();
    // Routed and delivered although no ack comes: the receipt settles it, under one id.
    const held = stage.simulator.faults.holdAcks(contact.number);
    await expectEnd("a message without an ack", "delivered", null, 0);
    held();
    contact.goOffline();
    const again = stage.simulator.faults.holdAcks(contact.number);
    await expectEnd("a message with neither ack nor receipt", "unknown", "not_acknowledged", 3);
    again();
    await contact.goOnline();
    await expectEnd("a message after all that", "delivered", null, 1);
    const verdict = await judge(stage, sessions, traffic.ledger);
    return { kills: 0, verdict, recoveries: [], notes: [], failures };
  },
};
