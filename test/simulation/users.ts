// What the users of a run do while the faults last, and their contacts.
import type { Batches } from "./batches.ts";
import type { Clock } from "./clock.ts";
import type { Cluster } from "./cluster.ts";
import { drawPacing } from "./habits.ts";
import type { Habits } from "./habits.ts";
import type { Wishes } from "./accepted.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Session } from "./session.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

export type Users = {
  world: World;
  cluster: Cluster;
  tenant: Tenant;
  outgoing: Outgoing;
  batches: Batches;
  clock: Clock;
  habits: Habits;
};

/** Plans all that they do within so many milliseconds. */
export function planUsers(users: Users, stormMs: number): void {
  const { world, cluster, tenant, outgoing, habits } = users;
  const { random } = world;
  for (const session of tenant.sessions) {
    if (random.chance(habits.pace)) session.pacing = drawPacing(random);
  }
  const anySession = () => random.pick(tenant.sessions);
  const plan = (count: number, work: () => void) => {
    for (let index = 0; index < count; index += 1) {
      world.after(random.next() * stormMs, undefined, work);
    }
  };
  plan(random.integer(4, 24), () => {
    outgoing.say(anySession(), () => wish(users));
    if (random.chance(habits.cancel)) planCancellation(users);
  });
  plan(random.integer(2, 14), () => receive(cluster, anySession(), random.next()));
  plan(random.chance(0.5) ? random.integer(1, 3) : 0, () => meddle(world, tenant));
  plan(habits.burst > 0 ? 1 : 0, () => burst(users, anySession()));
  plan(habits.batches, () => sendBatch(users, anySession(), stormMs));
}

function wish({ world, habits }: Users): Wishes {
  const { random, now } = world;
  const isLater = random.chance(habits.schedule);
  const sendAt = isLater ? now() + 1 + soon(random.next(), 40_000) : undefined;
  const expires = random.chance(habits.expire);
  const from = sendAt ?? now();
  return { sendAt, expiresAt: expires ? from + 500 + soon(random.next(), 30_000) : undefined };
}

/** Rather early than late. */
function soon(chance: number, mostMs: number): number {
  return Math.floor(chance ** 2 * mostMs);
}

/** Of the last message that was scheduled: at any moment until a little after its time. */
function planCancellation({ world, outgoing, clock }: Users): void {
  const { random, now } = world;
  const message = outgoing.accepted.findLast(({ sendAt }) => sendAt !== undefined);
  if (!message) return;
  const left = Math.max(0, (message.sendAt ?? 0) - now());
  const delay = random.chance(0.5) ? random.next() * left : left + random.next() * 2_000 - 500;
  world.after(delay, undefined, () => clock.cancel(message));
}

/** Its user changes it up to three times, within seconds. */
function sendBatch({ world, batches, habits }: Users, session: Session, stormMs: number): void {
  const { random, now } = world;
  const expires = random.chance(habits.expire);
  const expiresAt = expires ? now() + 500 + soon(random.next(), 30_000) : undefined;
  const batch = batches.make(session, random.integer(2, 9), { expiresAt });
  let delay = 0;
  for (let changes = random.integer(0, 3); changes > 0; changes -= 1) {
    delay += random.next() ** 2 * 12_000;
    const state = random.pick(["paused", "paused", "running", "cancelled"] as const);
    // When the faults are over nothing is to stay paused.
    if (world.elapsed + delay >= stormMs) return;
    world.after(delay, undefined, () => batches.change(batch, state));
  }
}

function burst({ outgoing, tenant, habits }: Users, session: Session): void {
  session.hasBurst = true;
  if (session.pacing) tenant.pace(session, null);
  outgoing.sayAll(session, habits.burst, {});
}

function receive({ peer }: Cluster, { phone, contacts }: Session, chance: number): void {
  const contact = contacts[Math.floor(chance * contacts.length)];
  if (contact) peer.say(phone, contact);
}

/** What users do to their sessions in the midst of everything. */
function meddle(world: World, tenant: Tenant): void {
  const { random } = world;
  const session = random.pick(tenant.sessions);
  const kind = random.pick(["stop", "restart", "disconnect", "connect", "pace"] as const);
  if (kind === "pace") {
    const pacing = random.chance(0.5) ? drawPacing(random) : null;
    const lastsTooLong = session.hasBurst && pacing !== null && pacing.perMinute < 60;
    return tenant.pace(session, lastsTooLong ? null : pacing);
  }
  tenant[kind](session);
  if (kind === "stop" || kind === "disconnect") {
    world.after(random.next() * 10_000, undefined, () => {
      if (!session.wanted) tenant.connect(session);
    });
  }
}
