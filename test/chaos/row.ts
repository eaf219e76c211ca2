import type { SeededRandom } from "#test/simulation/seeded-random.ts";
import type { Verdict } from "./stage/verdict.ts";

export type RowContext = {
  random: SeededRandom;
  /** Fewer of everything, for a quick look. */
  short: boolean;
  /** Node's flags for every runner: how a mutant gets in. */
  nodeArgs: string[];
  /** Variables for every runner. */
  env: Record<string, string>;
  log: (text: string) => void;
};

export type RowResult = {
  kills: number;
  verdict: Verdict;
  /** Milliseconds until a session was back, one for each session and fault. */
  recoveries: number[];
  /** What the row alone measures, in words. */
  notes: string[];
  /** What it found beyond the verdict. */
  failures: string[];
};

export type Row = {
  title: string;
  /** Measures how long things take: nothing else may run beside it. */
  alone?: boolean;
  run(context: RowContext): Promise<RowResult>;
};
