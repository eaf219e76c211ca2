import type { SendWork, WorkOnce } from "#functions/send-work.ts";

/** Stands for the webhooks queue: drops what it has seen, keeps the rest until it is taken. */
export function createWorkQueue() {
  const seen = new Set<string>();
  let waiting: WorkOnce[] = [];
  const sendWork: SendWork = async (all) => {
    for (const one of all) {
      if (seen.has(one.once)) continue;
      seen.add(one.once);
      waiting.push(one);
    }
  };
  return {
    sendWork,
    /** What was sent since the last call, oldest first. */
    take(): WorkOnce[] {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}
