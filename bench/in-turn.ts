import { medianRate } from "./fleet-rate.ts";
import type { Rate } from "./fleet-rate.ts";
import { percentile } from "./percentile.ts";

/** Medians over the rounds; of the ratios too, each of one round. */
export type Compared = {
  rounds: number;
  ours: Rate;
  plain: Rate;
  /** Ours divided by plain Baileys'. */
  rates: number;
  cpu: number;
};

type Round = { ours: Rate; plain: Rate };

const rounds = 9;
/** On a slow machine there are fewer rounds. */
const longestMs = 120_000;

/** Two do the same in turn, so that both meet the machine as fast or slow as it happens to be. */
export async function takeTurns(
  ours: (round: number) => Promise<Rate>,
  plain: (round: number) => Promise<Rate>,
): Promise<Compared> {
  const started = performance.now();
  const taken: Round[] = [];
  // New chats fetch keys once, and new code is compiled: the first round is not what one costs.
  for (let round = 0; round <= rounds; round += 1) {
    const one = { ours: await ours(round), plain: await plain(round) };
    if (round > 0) taken.push(one);
    if (taken.length > 0 && performance.now() - started > longestMs) break;
  }
  const median = (of: (round: Round) => number) => percentile(taken.map(of), 0.5);
  return {
    rounds: taken.length,
    ours: medianRate(taken.map((round) => round.ours)),
    plain: medianRate(taken.map((round) => round.plain)),
    rates: median((round) => round.ours.perSecond / round.plain.perSecond),
    cpu: median((round) => round.ours.cpuMs / round.plain.cpuMs),
  };
}
