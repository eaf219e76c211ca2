export type Spacing = {
  /** From now on the next one has to wait. */
  begin(): void;
  /** Resolves when the next one may go. */
  over(): Promise<void>;
  /** Ends the present wait. */
  cut(): void;
  /** Ends the present wait, and there is none any more. */
  end(): void;
};

/** Keeps things apart in time, so that what comes in between can travel together. */
export function createSpacing(milliseconds: number): Spacing {
  let ended = false;
  let cut = () => {};
  let over = Promise.resolve();
  return {
    begin() {
      if (ended) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      over = promise;
      cut = () => {
        clearTimeout(timer);
        resolve();
      };
    },
    over: () => over,
    cut: () => cut(),
    end() {
      ended = true;
      cut();
    },
  };
}
