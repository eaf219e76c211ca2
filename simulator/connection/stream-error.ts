import type { BinaryNode } from "../stanza/codec.ts";

export const streamError = (code: number): BinaryNode => ({
  tag: "stream:error",
  attrs: { code: String(code) },
});

/** Baileys reads a conflict without a code as 440, whatever its type. */
export const conflictError = (type: string, code?: number): BinaryNode => ({
  tag: "stream:error",
  attrs: code === undefined ? {} : { code: String(code) },
  content: [{ tag: "conflict", attrs: { type } }],
});

export const loginFailure = (reason: number): BinaryNode => ({
  tag: "failure",
  attrs: { reason: String(reason) },
});
