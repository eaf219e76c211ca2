// Every request that may change something leaves an entry, also when it was refused or failed, as
// soon as it is known whose account it is about. Sends are left out: a message says itself who sent it,
// and an entry each would cost as much as the message. Written once the outcome is known and before the
// answer leaves: one write unit a request. What gets lost is the entry of a Lambda that dies between
// doing and noting; the access log still has that request's id. Where the entry cannot be written, the
// answer stands and the log has the entry.
import { nameOf } from "#functions/auth/caller.ts";
import { expiryAt } from "#functions/store/expiry.ts";
import * as store from "#functions/store/audit.ts";
import type { AuditEntry } from "#shared/contracts/audit.ts";
import { newId } from "#shared/ids.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import type { ApiDeps, ApiResult, Exchange } from "./exchange.ts";

const dayMs = 24 * 3_600_000;

export async function noteInAudit(
  deps: ApiDeps,
  exchange: Exchange,
  { statusCode: status = 500 }: ApiResult,
): Promise<void> {
  const { implementation, noted } = exchange;
  const accountId = exchange.caller?.accountId ?? noted.accountId;
  if (!implementation || !leavesEntry(implementation.route) || accountId === undefined) return;
  const { now, audit, auditRetentionDays } = deps;
  const entry: AuditEntry = {
    id: newId("audit", now()),
    at: new Date(now()).toISOString(),
    action: implementation.route.name,
    actor: actorOf(exchange),
    target: { ...idsIn(exchange.params), ...noted.target },
    ip: exchange.ip,
    result: resultOf(status),
    status,
    code: exchange.code ?? null,
    requestId: exchange.requestId,
  };
  const expiresAt = expiryAt(now() + auditRetentionDays * dayMs);
  try {
    await store.append(audit, { accountId, entry, expiresAt });
  } catch (error) {
    exchange.log.error({ err: error, entry }, "audit entry could not be written");
  }
}

function leavesEntry({ method, audited }: RouteDefinition): boolean {
  return method !== "GET" && audited !== false;
}

function actorOf({ caller, implementation }: Exchange): AuditEntry["actor"] {
  if (caller) return nameOf(caller);
  const isOperator = implementation?.route.auth.access === "operator";
  return { kind: isOperator ? "operator" : "anonymous", id: null };
}

/** Path parameters that have passed their schemas. */
function idsIn(params: unknown): Record<string, string> {
  const found = Object.entries(params ?? {}).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(found);
}

function resultOf(status: number): AuditEntry["result"] {
  if (status < 400) return "done";
  return status < 500 ? "refused" : "failed";
}
