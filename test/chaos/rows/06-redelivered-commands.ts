import { newId } from "#shared/ids.ts";
import { commandGroup } from "#shared/contracts/command.ts";
import type { Row } from "../row.ts";
import type { Outgoing } from "../stage/ledger.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import type { Stage } from "../stage/stage.ts";
import { isSettled, judge } from "../stage/verdict.ts";
import { mustBecome, waitUntil } from "../stage/wait-until.ts";

export const redeliveredCommands: Row = {
  title: "commands delivered twice, late, after the window",
  async run(context) {
    await using fleet = await startSmallFleet(context);
    const { stage, sessions, traffic } = fleet;
    const failures: string[] = [];
    stage.sqs.faults.add({
      kind: "duplicate-delivery",
      operation: "ReceiveMessage",
      match: "message.send",
      probability: 0.3,
    });
    const count = context.short ? 30 : 200;
    for (let i = 0; i < count; i += 1) await traffic.any();
    await mustBecome("all is settled", () => isSettled(stage, traffic.ledger), 90_000);
    // The queue has forgotten them: the same commands come under other deduplication ids.
    const again = traffic.ledger.outgoing.filter(() => context.random.chance(0.5));
    for (const message of again) await redeliver(stage, message);
    await mustBecome("the queue is empty", () => isEmpty(stage), 60_000);
    const twice = traffic.ledger.outgoing.filter(
      ({ whatsappId }) => framesOf(stage, whatsappId) > 1,
    );
    if (twice.length > 0) failures.push(`${twice.length} settled messages were sent again`);

    // To a new owner, who knows of them by the journal alone: the oldest may be on the wire again, under
    // the same id.
    fleet.worker.signal("SIGKILL");
    await fleet.worker.exited;
    stage.start("worker-0");
    for (const message of again) await redeliver(stage, message);
    await waitUntil(() => isEmpty(stage), 60_000);
    const verdict = await judge(stage, sessions, traffic.ledger);
    const notes = [`${again.length} commands delivered again to the owner and to the next one`];
    return { kills: 1, verdict, recoveries: [], notes, failures };
  },
};

function redeliver(stage: Stage, { session, command }: Outgoing): Promise<void> {
  const body = JSON.stringify(command);
  return stage.enqueue(session.shard, commandGroup(command), newId("event"), body);
}

function framesOf({ simulator }: Stage, whatsappId: string): number {
  return simulator.history
    .stanzas({ direction: "in", tag: "message", id: whatsappId })
    .filter(({ connection }) => connection > 0).length;
}

function isEmpty(stage: Stage): boolean {
  return Array.from({ length: stage.shards }, (_, shard) =>
    stage.sqs.depth(`commands-${shard}.fifo`),
  ).every(({ visible, inFlight }) => visible + inFlight === 0);
}
