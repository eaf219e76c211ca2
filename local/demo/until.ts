import { setTimeout as wait } from "node:timers/promises";
import { DemoError } from "./demo-error.ts";

const limitMs = 30_000;
const pauseMs = 100;

/** Asks until the answer is as wanted; `what` names that in the error, with the last answer. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (performance.now() > deadline) {
      throw new DemoError(
        `${what}: not within ${limitMs / 1000} s; the last answer was ${JSON.stringify(answer)}`,
      );
    }
    await wait(pauseMs);
  }
}
