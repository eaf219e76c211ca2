import type { components } from "../generated/api.ts";

/** What happened to a session, as the WebSocket, webhooks and GET …/events tell it. */
export type WafleetEvent = components["schemas"]["Event"];

export type EventType = WafleetEvent["type"];

export type EventOf<Type extends EventType> = Extract<WafleetEvent, { type: Type }>;
