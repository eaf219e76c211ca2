/** Lets what is asked of one session happen one after the other, whatever becomes of each. */
export function createTurns(): <Result>(
  sessionId: string,
  work: () => Promise<Result>,
) => Promise<Result> {
  const last = new Map<string, Promise<void>>();
  return (sessionId, work) => {
    const mine = (last.get(sessionId) ?? Promise.resolve()).then(work);
    const turn = mine.then(
      () => undefined,
      () => undefined,
    );
    last.set(sessionId, turn);
    void turn.then(() => {
      if (last.get(sessionId) === turn) last.delete(sessionId);
    });
    return mine;
  };
}
