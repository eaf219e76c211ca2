// Batches, as the API stores and changes them. Their messages are made at once.
import type { BatchState } from "#shared/contracts/batch.ts";
import { commandSchema } from "#shared/contracts/command.ts";
import { derivedId } from "#shared/ids.ts";
import { batchKey } from "#shared/items/batch-item.ts";
import type { CommandSender } from "./command-sender.ts";
import type { Wishes } from "./accepted.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Session } from "./session.ts";
import type { SimulatedDynamodb } from "./simulated-dynamodb.ts";
import type { World } from "./world.ts";

export type BatchChange = {
  state: BatchState;
  /** When it was stored, in milliseconds since 1970. */
  at: number;
  requestId: string;
  /** When the queue was told that a worker has obeyed. */
  handledAt: number;
};

export type Batch = { batchId: string; session: Session; changes: BatchChange[] };

export type Batches = {
  make(session: Session, count: number, wishes: Wishes): Batch;
  change(batch: Batch, state: BatchState): void;
  changesOf(batchId: string | undefined): BatchChange[];
  wasPaused(batchId: string | undefined): boolean;
  /** Nothing stays paused. */
  resumeAll(): void;
  /** Hears of the commands that are done. */
  onDone(command: string): void;
};

export function createBatches(
  world: World,
  dynamodb: SimulatedDynamodb,
  commands: CommandSender,
  outgoing: Outgoing,
): Batches {
  const batches = new Map<string, Batch>();

  const stateOf = ({ changes }: Batch) => changes.at(-1)?.state ?? "running";

  function put({ batchId, session }: Batch, state: BatchState): void {
    const { accountId, sessionId } = session;
    const key = batchKey(accountId, batchId);
    dynamodb.put("messages", { ...key, accountId, batchId, sessionId, state });
  }

  function change(batch: Batch, state: BatchState): void {
    if (stateOf(batch) === "cancelled") return;
    const { batchId, session } = batch;
    put(batch, state);
    const base = commands.base(session);
    const { requestId } = base;
    const handledAt = Number.POSITIVE_INFINITY;
    batch.changes.push({ state, at: world.now(), requestId, handledAt });
    world.note(`user: batch ${batchId.slice(-4)} is ${state}`);
    commands.send(session, { ...base, type: "batch.change.v1", batchId });
  }

  const changesOf = (batchId: string | undefined) => batches.get(batchId ?? "")?.changes ?? [];

  return {
    make(session, count, wishes) {
      const batchId = derivedId("batch", world.now(), `batch ${batches.size}`);
      const batch: Batch = { batchId, session, changes: [] };
      batches.set(batchId, batch);
      put(batch, "running");
      outgoing.sayAll(session, count, { ...wishes, batchId });
      return batch;
    },
    change,
    changesOf,
    wasPaused: (batchId) => changesOf(batchId).some(({ state }) => state === "paused"),
    resumeAll() {
      for (const batch of batches.values()) {
        if (stateOf(batch) === "paused") change(batch, "running");
      }
    },
    onDone(body) {
      const { data: command } = commandSchema.safeParse(JSON.parse(body));
      if (command?.type !== "batch.change.v1") return;
      const { batchId, requestId } = command;
      const done = changesOf(batchId).find((one) => one.requestId === requestId);
      if (done) done.handledAt = Math.min(done.handledAt, world.now());
    },
  };
}
