// One run: a seed decides the fleet, the users, the faults and how everything interleaves.
import { openJournal } from "#session-runner/journal/open-journal.ts";
import { DEFAULT_CONNECTION_CONFIG } from "#session-runner/whatsapp/baileys.ts";
import { encodeCreds } from "#session-runner/whatsapp/key-codec.ts";
import { createBatches } from "./batches.ts";
import { startClock } from "./clock.ts";
import { createCluster } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import { bareRepository } from "./counter-signal.ts";
import { runEventLog } from "./event-log.ts";
import { startFaultyFleet } from "./faulty-fleet.ts";
import { createCommandSender } from "./command-sender.ts";
import { checkOutcome } from "./final-checks.ts";
import type { Outcome } from "./outcome.ts";
import { drawHabits } from "./habits.ts";
import type { Mutant } from "./mutant.ts";
import { createOutgoing } from "./outgoing.ts";
import { createSessions } from "./session.ts";
import type { Session } from "./session.ts";
import { createTenant } from "./tenant.ts";
import { unfinished } from "./unfinished.ts";
import { planUsers } from "./users.ts";
import { Violations } from "./violations.ts";
import type { Violation } from "./violations.ts";
import { installVirtualTimers } from "./virtual-timers.ts";
import { drawWeather } from "./weather.ts";
import { World } from "./world.ts";

export type Run = {
  violations: Violation[];
  /** Steps of the scheduler. */
  steps: number;
  virtualMs: number;
  messages: number;
  /** Events of former owners that came after their successors' first. */
  stragglers: number;
  trace: string[];
};

/** Virtual time in which everything must come to rest once the faults have stopped. */
const restLimitMs = 15 * 60_000;

/** After the faults, until every session gets a message. */
const greetingMs = 15_000;

/** After that, long enough for late copies of everything. */
const aftermathMs = 40_000;

export async function runSeed(
  seed: number,
  options: { traced?: boolean; mutant?: Mutant } = {},
): Promise<Run> {
  const world = new World(seed, options.traced ?? false);
  const violations = new Violations(world);
  const onUnhandled = (error: unknown) => violations.add("unhandled", describeError(error));
  const restoreTimers = installVirtualTimers(world);
  const { makeSignalRepository } = DEFAULT_CONNECTION_CONFIG;
  DEFAULT_CONNECTION_CONFIG.makeSignalRepository = bareRepository;
  process.on("unhandledRejection", onUnhandled);
  try {
    const { outgoing, log } = await simulate(world, violations, options.mutant);
    return {
      violations: violations.found,
      steps: world.steps,
      virtualMs: world.elapsed,
      messages: outgoing.accepted.length,
      stragglers: log.stragglers.length,
      trace: world.trace ?? [],
    };
  } finally {
    process.off("unhandledRejection", onUnhandled);
    DEFAULT_CONNECTION_CONFIG.makeSignalRepository = makeSignalRepository;
    restoreTimers();
  }
}

async function simulate(
  world: World,
  violations: Violations,
  mutant: Mutant | undefined,
): Promise<Outcome> {
  const { random } = world;
  const weather = drawWeather(random);
  world.timerLagMs = weather.timerLagMs;
  const habits = drawHabits(random);
  const shards = random.integer(1, 3);
  const sessions = createSessions(random, shards);
  const sessionOf = (phone: string) =>
    sessions.find((session) => session.phone === phone)?.sessionId ?? "";
  const cluster = createCluster({ world, weather, violations, shards, sessionOf, mutant });
  const commands = createCommandSender(world, cluster.commands);
  const tenant = createTenant(world, cluster, commands, sessions);
  const clock = startClock(world, cluster.dynamodb, commands);
  const outgoing = createOutgoing(world, cluster.dynamodb, commands, clock);
  const batches = createBatches(world, cluster.dynamodb, commands, outgoing);
  for (const queue of cluster.commands) queue.onRemove = (body) => batches.onDone(body);
  const log = runEventLog(world, cluster.events, cluster.dynamodb, violations, (sessionId) =>
    cluster.ownership.epochOf(sessionId),
  );
  log.onEvent((event) => tenant.onEvent(event));
  await linkDevices(world, cluster, sessions);

  const stormMs = 15_000 + random.next() * 45_000;
  const fleet = startFaultyFleet(world, cluster, weather, random.integer(1, 3), stormMs);
  for (let strikes = random.integer(0, 6); strikes > 0; strikes -= 1) {
    world.after(random.next() * stormMs, undefined, () => fleet.strike());
  }
  planUsers({ world, cluster, tenant, outgoing, batches, clock, habits }, stormMs);
  for (const session of sessions) tenant.connect(session);

  await world.run(stormMs);
  weather.stormy = false;
  world.note("the faults are over");
  for (const session of sessions) if (!session.wanted) tenant.connect(session);
  batches.resumeAll();
  // Who lost a session without noticing learns it from the next message.
  let greeted = false;
  world.after(greetingMs, undefined, () => {
    greeted = true;
    for (const { phone, contacts } of sessions) {
      for (const contact of contacts) cluster.peer.say(phone, contact);
    }
  });
  const outcome = { cluster, tenant, outgoing, batches, log, violations };
  let calmSince: number | undefined;
  const deadline = world.elapsed + restLimitMs;
  while (world.elapsed < deadline) {
    await world.run(world.elapsed + 1_000);
    if (!greeted || unfinished(outcome).length > 0) calmSince = undefined;
    else calmSince ??= world.elapsed;
    if (calmSince !== undefined && world.elapsed - calmSince >= aftermathMs) break;
  }
  if (calmSince === undefined) violations.add("everything-ends", unfinished(outcome).join("; "));
  checkOutcome(outcome);
  return outcome;
}

/** Every session begins with a linked device. */
async function linkDevices(world: World, cluster: Cluster, sessions: Session[]): Promise<void> {
  for (const { sessionId, phone } of sessions) {
    const { device } = cluster.peer.addAccount(phone);
    const opening = openJournal(cluster.stores, sessionId);
    await world.run(1);
    const { journal } = await opening;
    const me = { id: device, name: "Owner" };
    const signedIdentityKey = { private: Buffer.alloc(32), public: Buffer.alloc(32) };
    const creds = { account: { details: "simulated" }, me, signedIdentityKey };
    journal.stage({ creds: encodeCreds(creds) });
    const flushed = journal.flush();
    await world.run(1);
    await flushed;
    journal.close();
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
