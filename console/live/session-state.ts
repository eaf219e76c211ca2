import type { Answer } from "#client/operation.ts";

export type SessionStatus = Answer<"getSessionStatus">;
export type SessionState = SessionStatus["status"];
