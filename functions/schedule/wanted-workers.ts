export type Demand = {
  /** Sessions that want to be connected. */
  sessions: number;
  /** Sessions that one worker carries. */
  perWorker: number;
  /** The most workers that the deployment allows. */
  maximum: number;
  /** Workers that are asked for now. */
  current: number;
};

/** A worker goes only when the others would still be this full. */
const shrinkBelow = 0.8;

/** How many workers there should be: none when nobody wants to be connected. */
export function wantedWorkers({ sessions, perWorker, maximum, current }: Demand): number {
  if (sessions === 0) return 0;
  const needed = Math.min(maximum, Math.ceil(sessions / perWorker));
  if (needed >= current) return needed;
  // Sessions that come and go around a boundary must not move workers each time.
  const roomy = Math.ceil(sessions / (perWorker * shrinkBelow));
  return Math.max(needed, Math.min(current, roomy));
}
