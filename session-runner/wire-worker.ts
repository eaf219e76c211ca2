import { pino } from "pino";
import { createGuardedAgents } from "#shared/net/guarded-agents.ts";
import { dynamodb, kms, s3, sqs, sqsConsumer } from "#shared/aws/clients.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { createQueueSender } from "./events/queue-sender.ts";
import { createFleetStore } from "./fleet/fleet-store.ts";
import { createTrust } from "./fleet/trust.ts";
import { Worker } from "./fleet/worker.ts";
import { createBundleStore } from "./journal/bundle-store.ts";
import { createDataKeys } from "./journal/data-key.ts";
import { createEntryStore } from "./journal/entry-store.ts";
import { createHeadStore } from "./journal/head-store.ts";
import { measureWorker } from "./measure-worker.ts";
import { createSnapshotStore } from "./journal/snapshot-store.ts";
import { limitConcurrency } from "./media/limit-concurrency.ts";
import { createFindPreview } from "./media/link-preview.ts";
import { createMediaStore } from "./media/media-store.ts";
import { createPrepareFile } from "./media/outbound-media.ts";
import { createThumbnails } from "./media/thumbnails.ts";
import type { SessionDeps } from "./session/deps.ts";
import { createGate } from "./session/gate.ts";
import { createMessageStore } from "./session/message-store.ts";
import { createReplyStore } from "./session/reply-store.ts";
import type { Settings } from "./settings.ts";
import { trustRoot } from "./whatsapp/socket-config.ts";

/** A thousand at once would keep each other waiting until their requests time out. */
const loadLimits = { atOnce: 24, perSecond: Number.POSITIVE_INFINITY, patienceMs: 10_000 };

/** A restart is no storm, for WhatsApp nor for the event loop. */
const loginLimits = { atOnce: 64, perSecond: 250, patienceMs: 5_000 };
/** Each is a file on the disk while it is worked on. */
const filesAtOnce = 8;

/** How long a tenant's server may take with a file. */
const fetchTimes = { silenceMs: 20_000, totalMs: 10 * 60_000 };

/** And with a page that is linked to: the message waits for it. */
const previewTimes = { silenceMs: 2_000, totalMs: 4_000 };

/** Puts a worker together from its settings and AWS clients. */
export function wireWorker(settings: Settings): Worker {
  const database = dynamodb();
  // The journal resolves lost answers itself, by reading back.
  const once = dynamodb({ maxAttempts: 1 });
  const storage = s3();
  const queue = sqs();
  const { now } = Date;
  const clock = () => performance.now();
  const trust = createTrust(clock);
  const rootKey = settings.WAFLEET_WHATSAPP_ROOT_KEY;
  if (rootKey) trustRoot(Buffer.from(rootKey, "hex"));
  const messages = createMessageStore(database, settings.WAFLEET_MESSAGES_TABLE);
  const media = createMediaStore(storage, settings.WAFLEET_MEDIA_BUCKET);
  const inMediaTurn = limitConcurrency(filesAtOnce);
  const targets = settings.WAFLEET_TENANT_TARGETS;
  const fetching = { ...fetchTimes, targets, agents: createGuardedAgents(targets) };
  const makeThumbnail = createThumbnails();
  const sources = { store: media, fetching };
  const sessions: SessionDeps = {
    stores: {
      entries: createEntryStore(once, settings.WAFLEET_JOURNAL_TABLE),
      heads: createHeadStore(database, settings.WAFLEET_JOURNAL_TABLE),
      snapshots: createSnapshotStore(storage, settings.WAFLEET_SNAPSHOTS_BUCKET),
      dataKeys: createDataKeys(kms(), settings.WAFLEET_KEY_ID),
      trust,
      now,
    },
    dynamodb: database,
    journalTable: settings.WAFLEET_JOURNAL_TABLE,
    s3: storage,
    snapshotsBucket: settings.WAFLEET_SNAPSHOTS_BUCKET,
    bundles: createBundleStore(storage, settings.WAFLEET_BUNDLES_BUCKET),
    replies: createReplyStore(database, settings.WAFLEET_FLEET_TABLE, now),
    retentionMs: settings.WAFLEET_MESSAGE_RETENTION_DAYS * 24 * 3_600_000,
    sender: createQueueSender(queue, settings.WAFLEET_EVENTS_QUEUE_URL, trust),
    messages,
    media,
    inMediaTurn,
    prepareFile: createPrepareFile({
      sources,
      uploads: messages,
      makeThumbnail,
      inTurn: inMediaTurn,
      now,
    }),
    findPreview: createFindPreview({ ...fetching, ...previewTimes }, makeThumbnail, now),
    whatsapp: {
      url: settings.WAFLEET_WHATSAPP_URL,
      queryTimeoutMs: settings.WAFLEET_QUERY_TIMEOUT_MS,
      ackTimeoutMs: settings.WAFLEET_ACK_TIMEOUT_MS,
      targets: settings.WAFLEET_TENANT_TARGETS,
    },
    pairing: {
      maxAttempts: settings.WAFLEET_PAIRING_ATTEMPTS,
      windowMs: settings.WAFLEET_PAIRING_WINDOW_MS,
    },
    loads: createGate(loadLimits, Math.random),
    logins: createGate(loginLimits, Math.random),
    now,
    random: Math.random,
    log: pino({ level: settings.WAFLEET_LOG_LEVEL, base: { worker: settings.WAFLEET_WORKER_ID } }),
  };
  const measures = measureWorker(stdoutMetrics(settings.WAFLEET_METRICS));
  const worker = new Worker({
    workerId: settings.WAFLEET_WORKER_ID,
    shards: settings.WAFLEET_SHARDS,
    store: createFleetStore(database, settings.WAFLEET_FLEET_TABLE, now),
    sessions,
    sqs: queue,
    consumer: sqsConsumer(),
    commandsQueueUrl: settings.WAFLEET_COMMANDS_QUEUE_URL,
    clock,
    trust,
    onTaken: measures.noteWait,
  });
  setInterval(() => measures.look(worker.states), 60_000).unref();
  return worker;
}
