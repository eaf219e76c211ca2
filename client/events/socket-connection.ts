import type { SocketNotice, SocketRequest } from "./event.ts";

export type Frame = SocketNotice | { type: "frame.unknown" };

/** One WebSocket, as a queue of what it says. */
export type SocketConnection = {
  send(request: SocketRequest): void;
  /** The frames in their order, the last ones also when the other side has closed. */
  frames: AsyncIterable<Frame>;
  /** Ends it and forgets what still waits. */
  close(): void;
};

/** Frames that may wait for a slow reader. More than that are asked for again later. */
const mostWaiting = 2_000;

/**
 * Opens at once and queues what is sent before it is open.
 * @param onFrame hears of each frame when it comes, before its turn
 */
export function openSocket(url: string, onFrame: (frame: Frame) => void): SocketConnection {
  const socket = new WebSocket(url);
  const waiting: Frame[] = [];
  const unsent: string[] = [];
  let wake: (() => void) | undefined;
  let isClosed = false;

  function end(): void {
    isClosed = true;
    wake?.();
  }
  function close(): void {
    end();
    waiting.length = 0;
    socket.close();
  }
  socket.onopen = () => {
    for (const text of unsent.splice(0)) socket.send(text);
  };
  socket.onmessage = ({ data }) => {
    if (isClosed) return;
    const frame = parse(data);
    onFrame(frame);
    waiting.push(frame);
    if (waiting.length > mostWaiting) close();
    wake?.();
  };
  socket.onclose = end;
  socket.onerror = end;

  async function* frames(): AsyncGenerator<Frame> {
    for (;;) {
      const frame = waiting.shift();
      if (frame) {
        yield frame;
        continue;
      }
      if (isClosed) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    send(request) {
      const text = JSON.stringify(request);
      if (socket.readyState === WebSocket.CONNECTING) unsent.push(text);
      else if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    frames: frames(),
    close,
  };
}

function parse(data: unknown): Frame {
  try {
    const frame: unknown = JSON.parse(String(data));
    if (typeof frame === "object" && frame !== null && "type" in frame) return frame as Frame;
  } catch {
    // Not ours: a newer server may say things that this client does not know.
  }
  return { type: "frame.unknown" };
}
