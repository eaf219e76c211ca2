import { Refused } from "#functions/refused.ts";
import { isUnavailable } from "#functions/unavailable.ts";

const longestSeconds = 300;
const bugSeconds = 10;

/**
 * The wait after so many deliveries. The queue counts them all alike and gives up after so many, so it
 * is the wait that tells apart what they are for. A store or sink that is away is soon asked again,
 * then ever more seldom: an outage of more than four hours costs no event its place. What fails by
 * itself holds its session up for ten minutes.
 */
export function secondsUntilAgain(error: unknown, deliveries: number): number {
  const isAway = isUnavailable(error) || error instanceof Refused;
  return isAway ? Math.min(longestSeconds, 2 ** (deliveries - 1)) : bugSeconds;
}
