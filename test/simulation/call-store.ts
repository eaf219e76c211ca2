// A call over the network to a simulated store: it takes time, and whatever the weather allows can
// happen to it. What it does to the store happens in one step, as in the real ones.
import type { SimulatedProcess, World } from "./world.ts";
import type { Weather } from "./weather.ts";

export type CallOptions = {
  /** As the SDK tries again by itself. */
  attempts: number;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

export type CallStore = <Result>(
  name: string,
  effect: () => Result | Promise<Result>,
  options: CallOptions,
) => Promise<Result>;

export type Network = {
  call: CallStore;
  /** Nothing of the process reaches a store until then (virtual milliseconds). */
  cut(process: SimulatedProcess, untilMs: number): void;
};

/** Retryable, as throttling and time-outs are to the SDK. */
class TransientError extends Error {
  override name = "TransientError";
}

export function createNetwork(world: World, weather: Weather): Network {
  const { random } = world;
  const cutUntil = new Map<SimulatedProcess, number>();
  const chance = (probability: number) => weather.stormy && random.chance(probability);
  const latency = () => (chance(weather.slow) ? 20 + random.next() * 1_500 : 1 + random.next() * 9);

  function attempt<Result>(
    process: SimulatedProcess,
    name: string,
    effect: () => Result | Promise<Result>,
    { timeoutMs, signal }: CallOptions,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (!process.alive) return;
      const settle = (delayMs: number, work: () => void) => world.after(delayMs, process, work);
      signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      const isCut = weather.stormy && (cutUntil.get(process) ?? 0) > world.elapsed;
      const crashes = chance(weather.crashAtCall);
      if (crashes && random.chance(0.5)) return world.crash(process);
      if (chance(weather.throttle)) {
        world.note(`${name} is throttled`);
        settle(latency(), () => reject(new TransientError("throttled")));
      } else {
        settle(timeoutMs, () => reject(new TransientError("timed out")));
        if (isCut || chance(weather.loseRequest)) world.note(`${name} is lost`);
        else land(chance(weather.loseAnswer));
      }
      if (crashes) world.crash(process);

      function land(answerLost: boolean): void {
        const delay = chance(weather.late) ? timeoutMs + random.next() * 8_000 : latency();
        world.after(delay, undefined, () => {
          void (async () => {
            try {
              const result = await effect();
              if (answerLost) world.note(`the answer to ${process.id}'s ${name} is lost`);
              else settle(latency(), () => resolve(result));
            } catch (error) {
              if (!answerLost) settle(latency(), () => reject(error));
            }
          })();
        });
      }
    });
  }

  return {
    cut(process, untilMs) {
      cutUntil.set(process, untilMs);
      world.hinder(process, untilMs - world.elapsed);
    },
    async call(name, effect, options) {
      const process = world.current;
      if (!process) return effect();
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(process, name, effect, options);
        } catch (error) {
          if (!(error instanceof TransientError) || tries >= options.attempts) throw error;
        }
        await new Promise<void>((resolve) => {
          world.after(random.next() * 100 * 2 ** tries, process, resolve);
        });
      }
    },
  };
}
