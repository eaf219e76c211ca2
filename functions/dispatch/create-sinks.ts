import type { Sink } from "#functions/sinks/sink.ts";

/** What the services take in one request. */
const sinkBatch = 10;

/**
 * Gives every event to the sinks of the deployment. They come last: should one fail, the queue delivers
 * again, and what then comes twice has the same id. An absent one is an empty text.
 */
export function createSinks(sinks: ("" | Sink)[]): Sink {
  const given = sinks.filter((sink) => sink !== "");
  return async (events) => {
    for (let start = 0; start < events.length; start += sinkBatch) {
      const batch = events.slice(start, start + sinkBatch);
      for (const sink of given) await sink(batch);
    }
  };
}
