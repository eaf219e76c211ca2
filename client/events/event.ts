import type { components } from "../generated/api.ts";

type Notice = components["schemas"]["SocketNotice"];
type Events = Extract<Notice, { type: "socket.events" }>["events"];

/** What happened to a session, or to the account itself; the same document everywhere. */
export type WafleetEvent = Events[number];

export type EventType = WafleetEvent["type"];

export type EventOf<Type extends EventType> = Extract<WafleetEvent, { type: Type }>;

/** What the WebSocket sends beside plain events. */
export type SocketNotice = Notice;

export type NoticeOf<Type extends Notice["type"]> = Extract<Notice, { type: Type }>;

export type SocketRequest = components["schemas"]["SocketRequest"];
