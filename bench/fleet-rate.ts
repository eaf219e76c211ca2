import { percentile } from "./percentile.ts";

export type Rate = {
  perSecond: number;
  /** Milliseconds of the measured process for each message. */
  cpuMs: number;
};

/** Of so many bursts the median is told: the machine is slow for a moment, now and then. */
const bursts = 5;

export function toRate(count: number, ms: number, cpuSeconds: number): Rate {
  return { perSecond: (count * 1_000) / ms, cpuMs: (cpuSeconds * 1_000) / count };
}

/** Rate and CPU each have a median of their own. */
export function medianRate(rates: Rate[]): Rate {
  const median = (of: (rate: Rate) => number) => percentile(rates.map(of), 0.5);
  return { perSecond: median((rate) => rate.perSecond), cpuMs: median((rate) => rate.cpuMs) };
}

export async function measureBursts(measure: (burst: number) => Promise<Rate>): Promise<Rate> {
  const rates: Rate[] = [];
  for (let burst = 0; burst < bursts; burst += 1) rates.push(await measure(burst));
  return medianRate(rates);
}
