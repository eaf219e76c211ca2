import { createSeededRandom } from "#test/simulation/seeded-random.ts";
import type { Reported } from "./report.ts";
import { rows } from "./rows/rows.ts";

export type RunOptions = {
  seed: number;
  short: boolean;
  nodeArgs?: string[];
  env?: Record<string, string>;
  log: (text: string) => void;
};

/** Runs one row of the matrix; an error of the row itself is a failure of the row. */
export async function runRow(number: number, options: RunOptions): Promise<Reported> {
  const row = rows[number];
  if (!row) throw new Error(`there is no row ${number}: there are ${Object.keys(rows).join(", ")}`);
  const { seed, short, nodeArgs = [], env = {}, log } = options;
  const startedAt = performance.now();
  const random = createSeededRandom(seed * 100 + number);
  const context = {
    random,
    short,
    nodeArgs,
    env,
    log: (text: string) => log(`row ${number}: ${text}`),
  };
  const outcome = await row.run(context).then(
    (result) => ({ result }),
    (error: unknown) => ({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return { number, title: row.title, seconds, ...outcome };
}
