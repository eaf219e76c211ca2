import type { Positions } from "./positions.ts";
import type { Frame, SocketConnection } from "./socket-connection.ts";
import type { StreamTiming } from "./stream-options.ts";

/** Keeps a connection from falling idle, and notices when it is dead, old, or has missed something. */
export function startWatch({ answerMs, heartbeatMs, renewMs }: StreamTiming) {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let answer: ReturnType<typeof setTimeout> | undefined;
  let close = (): void => undefined;
  let check = (_heads: Record<string, string>): void => undefined;
  let begun = false;
  let renewing = false;

  function later(ms: number, work: () => void): void {
    timers.add(setTimeout(work, ms));
  }
  function expectAnswer(): void {
    answer ??= setTimeout(() => close(), answerMs);
  }

  return {
    start(socket: SocketConnection, positions: Positions): void {
      close = () => socket.close();
      check = (heads) => {
        const missed = positions.missed(heads);
        if (Object.keys(missed).length > 0) socket.send({ action: "resume", after: missed });
      };
      expectAnswer();
      const beat = () => {
        socket.send({ action: "heartbeat" });
        expectAnswer();
        later(heartbeatMs, beat);
      };
      later(heartbeatMs, beat);
      later(renewMs, () => {
        renewing = true;
        close();
      });
    },
    hear(frame: Frame): void {
      if (frame.type !== "socket.subscribed" && frame.type !== "socket.heartbeat") return;
      clearTimeout(answer);
      answer = undefined;
      begun = true;
      // What is on its way when the answer is made gets its time to arrive.
      if (frame.type === "socket.heartbeat") later(answerMs, () => check(frame.cursors));
    },
    hasBegun: () => begun,
    isRenewing: () => renewing,
    stop(): void {
      clearTimeout(answer);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
