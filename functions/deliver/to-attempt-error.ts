import type { AttemptError } from "#shared/contracts/webhook-delivery.ts";

const byCode: Record<string, AttemptError> = {
  ADDRESS_DENIED: "address_denied",
  ENOTFOUND: "name_not_found",
  EAI_AGAIN: "name_not_found",
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_lost",
  EPIPE: "connection_lost",
  ETIMEDOUT: "timeout",
};

/** A failed request as its owner is told of it: one of a few words, never an address of ours. */
export function toAttemptError(error: unknown): AttemptError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) return "tls_failed";
  return byCode[code] ?? "network_failed";
}
