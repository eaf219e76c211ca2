import { createHash, timingSafeEqual } from "node:crypto";
import { Fault } from "#shared/faults/fault.ts";
import type { Headers } from "./authenticate.ts";
import type { TokenSecret } from "./token-secret.ts";

/** @throws {Fault} `unauthenticated` unless the deployment's operator secret is shown */
export type RequireOperator = (headers: Headers) => Promise<void>;

export function createRequireOperator(secret: TokenSecret): RequireOperator {
  return async (headers) => {
    const shown = /^Bearer +(\S+)$/i.exec(headers["authorization"]?.trim() ?? "")?.[1] ?? "";
    // Hashed first: the comparison needs equal lengths, and must not tell the secret's.
    const isRight = timingSafeEqual(hash(Buffer.from(shown)), hash(await secret()));
    if (isRight) return;
    throw new Fault("unauthenticated", {
      detail: "Send `Authorization: Bearer <operator secret>`; Secrets Manager has it.",
    });
  };
}

function hash(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
