import { ApiError } from "../api-error.ts";
import type { WafleetClient } from "../create-client.ts";
import { findProblem } from "../problem.ts";
import { requireData } from "../require-data.ts";
import type { WafleetEvent } from "./event.ts";
import type { Asked, Positions } from "./positions.ts";
import { openSocket } from "./socket-connection.ts";
import type { Frame, SocketConnection } from "./socket-connection.ts";
import { startWatch } from "./start-watch.ts";
import type { StreamOptions, StreamState, StreamTiming } from "./stream-options.ts";

export type Following = {
  api: WafleetClient;
  options: StreamOptions;
  timing: StreamTiming;
  positions: Positions;
  from: "now" | "start";
  closed: AbortSignal;
  setState: (state: StreamState) => void;
};

/** `failed`: it never began. `renewed`: we ended it ourselves, to begin anew at once. */
export type End = "failed" | "cut" | "renewed";

/**
 * Follows over one connection until that ends.
 * @throws what makes another connection pointless
 */
export async function follow(following: Following): Promise<End> {
  const { options, positions, closed, timing } = following;
  const ticket = await findTicket(following);
  if (ticket === undefined || closed.aborted) return "failed";
  const asked = { after: positions.now(), from: following.from };
  positions.connect();
  const watch = startWatch(timing);
  const url = `${options.socketUrl}?ticket=${encodeURIComponent(ticket)}`;
  const socket = openSocket(url, (frame) => watch.hear(frame));
  const close = () => socket.close();
  closed.addEventListener("abort", close);
  watch.start(socket, positions);
  try {
    socket.send({
      action: "subscribe",
      ...asked,
      ...(options.sessions && { sessions: options.sessions }),
      ...(options.types && { types: options.types }),
      ...(options.account !== undefined && { account: options.account }),
    });
    for await (const frame of socket.frames) {
      for (const event of take(following, socket, frame, asked)) {
        if (closed.aborted) break;
        await options.onEvent(event);
      }
      if (frame.type === "socket.caught_up") options.onCaughtUp?.(frame.source);
      if (watch.hasBegun()) following.setState(positions.isBehind() ? "catching_up" : "live");
      if (closed.aborted) break;
    }
  } finally {
    watch.stop();
    closed.removeEventListener("abort", close);
    socket.close();
  }
  if (watch.isRenewing()) return "renewed";
  return watch.hasBegun() ? "cut" : "failed";
}

/** The events that a frame makes ready to be handed on. */
function take(
  { options, positions }: Following,
  socket: SocketConnection,
  frame: Frame,
  asked: Asked,
): Iterable<WafleetEvent> {
  switch (frame.type) {
    case "socket.subscribed":
      return positions.subscribed(frame.cursors ?? {}, asked);
    case "socket.events":
      return positions.events(frame);
    case "socket.caught_up":
      return positions.caughtUp(frame);
    case "socket.more":
      socket.send({ action: "resume", after: { [frame.source]: frame.cursor } });
      break;
    case "socket.state":
      options.onSnapshot?.(frame.events);
      break;
    case "socket.resumed":
      if (!frame.recovered) options.onGap?.({ source: frame.source, oldest: frame.oldest });
      break;
    case "socket.refused":
      endUnlessTemporary(findProblem(frame.problem));
      socket.close();
      break;
    case "socket.heartbeat":
    case "socket.closing":
    case "frame.unknown":
  }
  return [];
}

function endUnlessTemporary(problem: ReturnType<typeof findProblem>): void {
  if (problem && !problem.retryable) throw new ApiError(problem.status, problem);
}

/** Undefined when there may be one later. */
async function findTicket({ api, closed }: Following): Promise<string | undefined> {
  try {
    const answer = await requireData(api.POST("/v1/events/ticket", { signal: closed }));
    return answer.ticket;
  } catch (error) {
    const isRefused = error instanceof ApiError && error.status < 500 && error.status !== 429;
    if (isRefused) throw error;
    return undefined;
  }
}
