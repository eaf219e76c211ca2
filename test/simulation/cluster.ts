// The runner's own code on simulated stores: workers are put together as in the real process.
import type { Logger } from "pino";
import { createQueueSender } from "#session-runner/events/queue-sender.ts";
import { createFleetStore } from "#session-runner/fleet/fleet-store.ts";
import { createTrust } from "#session-runner/fleet/trust.ts";
import { fullTrust } from "#session-runner/test/full-trust.ts";
import { Worker } from "#session-runner/fleet/worker.ts";
import { createBundleStore } from "#session-runner/journal/bundle-store.ts";
import { createDataKeys } from "#session-runner/journal/data-key.ts";
import { createEntryStore } from "#session-runner/journal/entry-store.ts";
import type { EntryStore } from "#session-runner/journal/entry-store.ts";
import { createHeadStore } from "#session-runner/journal/head-store.ts";
import type { JournalStores } from "#session-runner/journal/open-journal.ts";
import { createSnapshotStore } from "#session-runner/journal/snapshot-store.ts";
import { createGate } from "#session-runner/session/gate.ts";
import { createMediaStore } from "#session-runner/media/media-store.ts";
import { createMessageStore } from "#session-runner/session/message-store.ts";
import type { MessageStore } from "#session-runner/session/message-store.ts";
import { createReplyStore } from "#session-runner/session/reply-store.ts";
import { queues as queueSpecs } from "#shared/resources/queues.ts";
import { createNetwork } from "./call-store.ts";
import type { Network } from "./call-store.ts";
import {
  createReminting,
  withoutBatchState,
  withoutDeparture,
  withoutFence,
  withoutPlaintext,
} from "./mutant.ts";
import type { Mutant } from "./mutant.ts";
import { watchOwnership } from "./ownership.ts";
import type { Ownership } from "./ownership.ts";
import { createSimulatedDynamodb } from "./simulated-dynamodb.ts";
import type { SimulatedDynamodb } from "./simulated-dynamodb.ts";
import { createSimulatedKms } from "./simulated-kms.ts";
import { SimulatedQueue } from "./simulated-queue.ts";
import { createSimulatedS3 } from "./simulated-s3.ts";
import { counterSessions } from "./counter-signal.ts";
import { createMakeSocket } from "./simulated-socket.ts";
import { createSimulatedSqs } from "./simulated-sqs.ts";
import type { Violations } from "./violations.ts";
import type { Weather } from "./weather.ts";
import { WhatsappPeer } from "./whatsapp-peer.ts";
import { createWireLog } from "./wire-log.ts";
import type { WireLog } from "./wire-log.ts";
import type { World } from "./world.ts";

export type ClusterOptions = {
  world: World;
  weather: Weather;
  violations: Violations;
  shards: number;
  sessionOf: (phone: string) => string;
  mutant: Mutant | undefined;
};

export type Cluster = {
  dynamodb: SimulatedDynamodb;
  network: Network;
  peer: WhatsappPeer;
  ownership: Ownership;
  wire: WireLog;
  stores: JournalStores;
  commands: SimulatedQueue[];
  events: SimulatedQueue;
  /** A worker in the process that runs at this moment. */
  createWorker(workerId: string): Worker;
};

export function createCluster(options: ClusterOptions): Cluster {
  const { world, weather, violations, shards, sessionOf, mutant } = options;
  const network = createNetwork(world, weather);
  const dynamodb = createSimulatedDynamodb(world, network.call);
  const s3 = createSimulatedS3(network.call);
  const kms = createSimulatedKms(world.random, network.call);
  const commands = Array.from(
    { length: shards },
    () => new SimulatedQueue(world, queueSpecs.commands.visibilityTimeoutSeconds * 1_000),
  );
  for (const queue of commands) queue.comesAgainAfter = (group) => comeAgain(world, weather, group);
  const events = new SimulatedQueue(world, queueSpecs.events.visibilityTimeoutSeconds * 1_000);
  const queues = new Map(commands.map((queue, shard) => [`commands-${shard}.fifo`, queue]));
  queues.set("events.fifo", events);
  const sqs = createSimulatedSqs(queues, network.call);
  const peer = new WhatsappPeer(world, weather, violations);
  const ownership = watchOwnership({ world, dynamodb, kms, violations, sessionOf });
  const wire = createWireLog();
  const makeSocket = createMakeSocket({
    world,
    peer,
    onFrame(connection, frame) {
      ownership.onFrame(connection, frame);
      wire.note(connection, frame);
    },
    gated: mutant !== "commit-before-wire",
    remint: mutant === "send-dedupe" ? createReminting() : undefined,
  });
  const log = createLog(world);
  const { now } = world;

  function mutated(entries: EntryStore): EntryStore {
    if (mutant === "fence") return withoutFence(entries);
    return mutant === "plaintext-before-receipt" ? withoutPlaintext(entries, kms) : entries;
  }

  function mutatedMessages(messages: MessageStore): MessageStore {
    if (mutant === "departure") return withoutDeparture(messages);
    return mutant === "batch-state" ? withoutBatchState(messages) : messages;
  }

  const database = dynamodb.client(3);
  const stores: JournalStores = {
    entries: mutated(ownership.watch(createEntryStore(dynamodb.client(1), "journal"))),
    heads: createHeadStore(database, "journal"),
    snapshots: createSnapshotStore(s3, "snapshots"),
    dataKeys: createDataKeys(kms.client, "key"),
    trust: fullTrust,
    tailLimit: { bytes: 1_000_000, entries: world.random.pick([5, 20, 500]) },
    now,
  };

  const random = () => world.random.next();
  return {
    dynamodb,
    network,
    peer,
    ownership,
    wire,
    stores,
    commands,
    events,
    createWorker(workerId) {
      const clock = () => world.elapsed;
      const trust = createTrust(clock);
      return new Worker({
        workerId,
        shards,
        store: createFleetStore(database, "fleet", now),
        sessions: {
          stores: { ...stores, trust },
          dynamodb: database,
          journalTable: "journal",
          s3,
          snapshotsBucket: "snapshots",
          bundles: createBundleStore(s3, "bundles"),
          messages: mutatedMessages(createMessageStore(database, "messages")),
          media: createMediaStore(s3, "media"),
          // Nobody here sends files, or gets one.
          prepareFile: () => Promise.resolve(undefined),
          findPreview: () => Promise.resolve(undefined),
          inMediaTurn: (work) => work(),
          replies: createReplyStore(database, "fleet", now),
          retentionMs: 30 * 24 * 3_600_000,
          sender: createQueueSender(sqs, "events.fifo", trust),
          whatsapp: {
            url: undefined,
            queryTimeoutMs: 15_000,
            ackTimeoutMs: 20_000,
            targets: "any",
            makeSocket,
            makeSessions: counterSessions,
          },
          pairing: { maxAttempts: 3, windowMs: 300_000 },
          loads: createGate({ atOnce: 2, perSecond: 1_000, patienceMs: 10_000 }, random),
          logins: createGate({ atOnce: 2, perSecond: 1_000, patienceMs: 5_000 }, random),
          now,
          random,
          log,
        },
        sqs,
        consumer: sqs,
        commandsQueueUrl: "commands-{shard}.fifo",
        clock,
        trust,
      });
    },
  };
}

function createLog(world: World): Logger {
  const say = ({ err, ...about }: Record<string, unknown>, line: string) => {
    const cause = err instanceof Error ? ` (${err.name}: ${err.message})` : "";
    const { messageId = "", fate = "" } = about as { messageId?: string; fate?: string };
    world.note(`log: ${[line, messageId, fate].join(" ").trimEnd()}${cause}`);
  };
  return { debug: say, info: say, warn: say, error: say } as unknown as Logger;
}

/** Only what is about one message: a session's own commands stay in their order. */
function comeAgain({ random }: World, weather: Weather, group: string): number | undefined {
  const isSessions = !group.includes(":");
  if (isSessions || !weather.stormy || !random.chance(weather.forgetDeletion)) return undefined;
  return random.next() ** 2 * 30_000;
}
