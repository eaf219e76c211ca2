import type { DepartureStore } from "../session/departure.ts";

/** For an outbox in whose test nobody cancels anything. */
export const noDepartures: DepartureStore = {
  beginDeparture: () => Promise.resolve("begun"),
  giveUpDeparture: () => Promise.resolve(),
};
