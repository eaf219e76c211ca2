export type Rate = {
  perSecond: number;
  /** Milliseconds of the measured process for each message. */
  cpuMs: number;
};

export function toRate(count: number, ms: number, cpuSeconds: number): Rate {
  return { perSecond: (count * 1_000) / ms, cpuMs: (cpuSeconds * 1_000) / count };
}
