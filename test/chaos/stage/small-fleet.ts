// A stage with one or two workers, a few sessions, and people to talk to.
import type { Phone } from "#simulator/phone/phone.ts";
import type { RowContext } from "../row.ts";
import type { Runner } from "./runner.ts";
import { pairedSessions } from "./session.ts";
import type { Session } from "./session.ts";
import { startStage } from "./stage.ts";
import type { Stage, StageOptions } from "./stage.ts";
import { createContacts, createTraffic } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";

export type SmallFleet = AsyncDisposable & {
  stage: Stage;
  worker: Runner;
  sessions: Session[];
  contacts: Phone[];
  traffic: Traffic;
};

export async function startSmallFleet(
  context: RowContext,
  options: StageOptions & { sessions?: number; contacts?: number } = {},
): Promise<SmallFleet> {
  const { random, nodeArgs, env } = context;
  const { sessions: count = 2, contacts: people = 3, ...rest } = options;
  const stage = await startStage({
    shards: 2,
    visibilitySeconds: 4,
    nodeArgs,
    ...rest,
    env: { ...env, ...rest.env },
  });
  try {
    const worker = stage.start("worker-0");
    await worker.ready;
    const sessions = await pairedSessions(stage, count);
    const contacts = await createContacts(stage, people);
    const traffic = createTraffic({ sessions, contacts, random });
    const end = () => stage[Symbol.asyncDispose]();
    return { stage, worker, sessions, contacts, traffic, [Symbol.asyncDispose]: end };
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
}
