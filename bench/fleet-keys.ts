// How stored keys grow, and whether a slow store damages them.
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import pMap from "p-map";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { createSeededRandom } from "#test/simulation/seeded-random.ts";
import { pairedSessions } from "#test/chaos/stage/session.ts";
import { startStage } from "#test/chaos/stage/stage.ts";
import type { Stage } from "#test/chaos/stage/stage.ts";
import { createContacts, createTraffic } from "#test/chaos/stage/traffic.ts";
import { judge } from "#test/chaos/stage/verdict.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";

const replaceSource = new URL("../test/chaos/mutants/replace-source.ts", import.meta.url).pathname;
const patienceMs = 300_000;

/** Bytes of the session's snapshot after so many sends, while devices are looked up again and again. */
export async function measureGrowth(steps: number[]): Promise<{ sends: number; bytes: number }[]> {
  const nodeArgs = ["--import", replaceSource];
  const env = { CHAOS_REPLACE: "short-device-cache" };
  await using stage = await startStage({ shards: 1, historyLimit: 1_000, nodeArgs, env });
  let runner = stage.start("worker-0");
  await runner.ready;
  const [session] = await pairedSessions(stage, 1);
  const contacts = await createContacts(stage, 100);
  const figures: { sends: number; bytes: number }[] = [];
  let sends = 0;
  for (const step of steps) {
    const batch = Array.from({ length: step - sends }, (_, i) => sends + i);
    const accepted = await pMap(
      batch,
      async (i) => session?.say(`${contacts[i % 100]?.number}@s.whatsapp.net`, `growth ${i}`),
      { concurrency: 50 },
    );
    await mustBecome(
      "all are sent",
      () => accepted.every((one) => one && stage.events.sentAt(one.messageId) !== undefined),
      patienceMs,
    );
    sends = step;
    // A stop writes the snapshot.
    await session?.stop();
    await mustBecome("it has stopped", () => isStopped(), 30_000);
    const before = figures.at(-1)?.bytes ?? 0;
    const isNew = async () => (await snapshotBytes(stage)) !== before;
    await mustBecome("its snapshot is written", isNew, 30_000);
    figures.push({ sends, bytes: await snapshotBytes(stage) });
    await session?.connect();
    await mustBecome("it is active", () => !isStopped() && Boolean(session?.online()), 30_000);
  }
  runner.signal("SIGKILL");
  return figures;

  function isStopped(): boolean {
    return stage.events.session(session?.sessionId ?? "")?.data.status === "inactive";
  }
}

/** Of the latest: for an instant the one before is there too. */
async function snapshotBytes({ s3 }: Stage): Promise<number> {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    forcePathStyle: true,
  });
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket: "snapshots", Prefix: "journal/" }),
  );
  client.destroy();
  // Of one session, whose snapshots are named by their place in the journal; a list is in order of keys.
  return Contents.at(-1)?.Size ?? 0;
}

/** Sends through a slow store while messages come in; gives how many could not be decrypted. */
export async function measureSlowStore(sends: number) {
  await using stage = await startStage({ shards: 1 });
  const runner = stage.start("worker-0");
  await runner.ready;
  const sessions = await pairedSessions(stage, 1);
  const contacts = await createContacts(stage, 5);
  const traffic = createTraffic({ sessions, contacts, random: createSeededRandom(1) });
  const slow = { kind: "delay", operation: "PutItem", match: '"journal"' } as const;
  stage.dynamodb.faults.add({ ...slow, delayMs: 30, probability: 0.5 });
  stage.dynamodb.faults.add({ ...slow, delayMs: 60 });
  const [session] = sessions;
  const started = performance.now();
  for (let i = 0; i < sends; i += 1) {
    const contact = contacts[i % contacts.length];
    if (!session || !contact) break;
    await traffic.out(session, contact);
    if (i % 2 === 0) await traffic.in(session, contact);
  }
  const verdict = await judge(stage, sessions, traffic.ledger);
  return {
    messages: verdict.messages,
    seconds: (performance.now() - started) / 1_000,
    lost: verdict.lost.length,
    undecryptable: verdict.undecryptable.length,
  };
}
