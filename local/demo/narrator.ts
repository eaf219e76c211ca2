import { DemoError } from "./demo-error.ts";

/** Does one step and prints it with its time. */
export type Tell = <Result>(step: string, work: () => Promise<Result>) => Promise<Result>;

/** @param print takes one line */
export function createNarrator(
  print: (line: string) => void,
  now: () => number = () => performance.now(),
): Tell {
  return async (step, work) => {
    const startedAt = now();
    try {
      const result = await work();
      print(`${`${Math.round(now() - startedAt)} ms`.padStart(9)}  ${step}`);
      return result;
    } catch (error) {
      if (!(error instanceof DemoError)) throw error;
      throw new DemoError(`Step "${step}" failed: ${error.message}`);
    }
  };
}
