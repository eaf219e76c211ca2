import type { Answer } from "#client/operation.ts";

export type MessageStatus = Answer<"getMessage">["status"];
