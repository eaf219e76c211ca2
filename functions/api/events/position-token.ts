import { deflateRawSync, inflateRawSync } from "node:zlib";
import { positionsSchema } from "#shared/contracts/socket.ts";
import type { Positions } from "#shared/contracts/socket.ts";
import { Fault } from "#shared/faults/fault.ts";

/** API Gateway takes 10 KB of address and headers together. */
const longest = 6_000;
const largest = 64 * 1024;

/**
 * Where a reader stands in each source, as a text for an address: sessions have no common clock, so
 * that no single number could say it.
 */
export function toToken(positions: Positions): string {
  const text = Object.entries(positions)
    .map(([source, cursor]) => `${source}:${cursor}`)
    .join(",");
  const token = deflateRawSync(text).toString("base64url");
  if (token.length <= longest) return token;
  throw new Fault("validation_failed", {
    detail: "There are too many sessions for one cursor. Ask for one session at a time.",
    fields: [{ path: "sessionId", message: "must be given" }],
  });
}

/** @throws {Fault} when the text is no cursor of ours */
export function parseToken(token: string): Positions {
  try {
    const text = inflateRawSync(Buffer.from(token, "base64url"), {
      maxOutputLength: largest,
    }).toString();
    const entries = text === "" ? [] : text.split(",").map((part) => part.split(":"));
    return positionsSchema.parse(Object.fromEntries(entries));
  } catch {
    throw new Fault("validation_failed", {
      fields: [{ path: "after", message: "must be the nextCursor of an earlier answer" }],
    });
  }
}
