import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { ShardItem } from "#shared/items/fleet-item.ts";
import { shardKey, wantedKey } from "#shared/items/fleet-item.ts";
import type { FleetStore } from "../fleet/fleet-store.ts";
import { createTrust } from "../fleet/trust.ts";
import { Worker } from "../fleet/worker.ts";
import type { SessionDeps } from "../session/deps.ts";

const nothing = () => undefined;

/** A fleet of one worker with two shards, whose one session never comes to its end. */
export function startLoneWorker(clock: () => number = () => performance.now()) {
  const beats = new Map<string, number>();
  const owners = new Map<number, ShardItem>();
  const parked: string[] = [];
  const returned: (string | undefined)[] = [];
  let isCut = false;
  const offers = new Map<string, (answer: { Messages: Message[] }) => void>();
  const session = { ...wantedKey(0, "ses_1"), sessionId: "ses_1", accountId: "acc_1" };
  const store: Partial<FleetStore> = {
    beat: async ({ workerId, beat }) => {
      if (isCut) throw new Error("cut off");
      beats.set(workerId, beat);
    },
    leave: async (workerId) => void beats.delete(workerId),
    bury: async () => undefined,
    listWorkers: async () => [],
    listShards: async () => [...owners.values()],
    claim: async (shard, seen, workerId) => {
      const generation = (seen?.generation ?? 0) + 1;
      owners.set(shard, { ...shardKey(shard), shard, workerId, generation });
      return true;
    },
    release: async (shard) => void owners.delete(shard),
    listWanted: async (shard) => (shard === 0 ? [{ ...session, connectId: "evt_1" }] : []),
    unwant: async () => undefined,
  };
  const queue = {
    send: (command: { input: object }, options?: { abortSignal?: AbortSignal }) =>
      new Promise((resolve, reject) => {
        if (command instanceof ReceiveMessageCommand) {
          offers.set(command.input.QueueUrl ?? "", resolve);
        } else if (command instanceof ChangeMessageVisibilityCommand) {
          returned.push(command.input.ReceiptHandle);
          resolve({});
        }
        options?.abortSignal?.addEventListener("abort", () => reject(new Error("aborted")));
      }),
  } as unknown as SQSClient;
  const sessions = {
    loads: { enter: () => new Promise(nothing) },
    messages: {
      park: async (_sessionId: string, { messageId }: { messageId: string }) =>
        void parked.push(messageId),
    },
    sender: { stop: nothing },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    now: Date.now,
    random: Math.random,
  } as unknown as SessionDeps;
  const worker = new Worker({
    workerId: "worker-0",
    shards: 2,
    store: store as FleetStore,
    sessions,
    sqs: queue,
    consumer: queue,
    commandsQueueUrl: "commands-{shard}.fifo",
    clock,
    trust: createTrust(clock),
  });
  return {
    worker,
    owners,
    beats: () => beats.get("worker-0") ?? 0,
    parked,
    /** Receipt handles of commands that were given back to their queue. */
    returned,
    /** The worker's heartbeats fail, or no longer. */
    cut: (cut: boolean) => (isCut = cut),
    /** What the worker's present request to the queue of a shard is answered with. */
    offer: (shard: number, ...Messages: Message[]) =>
      offers.get(`commands-${shard}.fifo`)?.({ Messages }),
  };
}
